import { Presets, SingleBar } from 'cli-progress';

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
  const format = '{phase} {bar} {value} of {shownTotal} | {rate}/s {note}';
  const bar = new SingleBar({ format, stream, hideCursor: true, clearOnComplete: true }, Presets.shades_classic);
  let current: string | undefined;
  let startedAt = 0;
  return {
    update({ phase, done, total, note = '' }) {
      if (current !== phase) {
        bar.stop();
        startedAt = performance.now();
        bar.start(total ?? 0, 0, { phase, shownTotal: '?', rate: 0, note });
        current = phase;
      }
      const seconds = (performance.now() - startedAt) / 1000;
      bar.setTotal(total ?? done);
      bar.update(done, { shownTotal: total ?? '?', rate: seconds > 0 ? Math.round(done / seconds) : 0, note });
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
