import { SingleBar } from 'cli-progress';
import { formatBar } from './output/format-bar.ts';

export interface Progress {
  phase: string;
  done: number;
  /** Null while it is unknown. */
  total: number | null;
  /** A text that is shown behind the numbers. */
  note?: string;
}

/** Shows progress: a bar on a terminal, a plain line every few seconds elsewhere. */
export interface ProgressDisplay {
  update(progress: Progress): void;
  stop(): void;
}

const plainIntervalMs = 5_000;

export function createProgressDisplay(stream: NodeJS.WriteStream): ProgressDisplay {
  return stream.isTTY ? createBar(stream) : createLines(stream);
}

function createBar(stream: NodeJS.WriteStream): ProgressDisplay {
  let shown: Progress | undefined;
  let startedAt = 0;
  const format = () => (shown ? formatBar({ ...shown, elapsedMs: performance.now() - startedAt }) : '');
  const bar = new SingleBar({ format, stream, hideCursor: true, clearOnComplete: true });
  return {
    update(progress) {
      const isNewPhase = shown?.phase !== progress.phase;
      shown = progress;
      if (isNewPhase) {
        bar.stop();
        startedAt = performance.now();
        bar.start(progress.total ?? 0, 0);
      }
      bar.update(progress.done);
    },
    stop: () => bar.stop(),
  };
}

function createLines(stream: NodeJS.WriteStream): ProgressDisplay {
  let shownAt = performance.now();
  return {
    update({ phase, done, total, note = '' }) {
      if (performance.now() - shownAt < plainIntervalMs) return;
      shownAt = performance.now();
      stream.write(`${phase}: ${done}${total === null ? '' : ` of ${total}`}${note && `, ${note}`}\n`);
    },
    stop: () => undefined,
  };
}
