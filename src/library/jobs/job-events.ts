import { EventEmitter } from 'node:events';
import { pause } from '../../base/async/pause.ts';
import type { JobKind } from './job-record.ts';

/** Says that a job of this process changed, not how: the listener reads its newest state. */
interface JobChange {
  id: string;
  kind: JobKind;
  /** Whether this process is done with the job. */
  isFinal: boolean;
}

export interface JobEvents {
  publish(change: JobChange): void;
  /** Collects the jobs that change from now on, until `close`. */
  listen(isWanted: (change: JobChange) => boolean): ChangeListener;
}

interface ChangeListener {
  /**
   * Returns the ids of the jobs that changed since the last call. Waits for one while there is none, until `timeoutMs`
   * have passed or the signal is aborted.
   */
  next(timeoutMs: number, signal: AbortSignal): Promise<Set<string>>;
  /** Aborted as soon as a job has come to its end, so that its final state is sent at once. */
  readonly ended: AbortSignal;
  close(): void;
}

/** Where no reason is given, each call makes an error with its stack, and a job may change a thousand times a second. */
const changedReason = 'a job has changed';

export function createJobEvents(): JobEvents {
  const emitter = new EventEmitter<{ change: [JobChange] }>().setMaxListeners(0);
  return {
    publish: (change) => void emitter.emit('change', change),
    listen(isWanted) {
      let changed = new Set<string>();
      let wake = new AbortController();
      const ended = new AbortController();
      const onChange = (change: JobChange): void => {
        if (!isWanted(change)) return;
        changed.add(change.id);
        wake.abort(changedReason);
        if (change.isFinal) ended.abort();
      };
      emitter.on('change', onChange);
      return {
        ended: ended.signal,
        async next(timeoutMs, signal) {
          if (changed.size === 0) await pause(timeoutMs, signal, wake.signal);
          const taken = changed;
          changed = new Set();
          wake = new AbortController();
          return taken;
        },
        close: () => void emitter.off('change', onChange),
      };
    },
  };
}
