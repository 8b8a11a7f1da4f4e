interface BarState {
  phase: string;
  done: number;
  /** Null while it is unknown. */
  total: number | null;
  /** A text that is shown behind the numbers. */
  note?: string;
  /** Milliseconds since the phase began. */
  elapsedMs: number;
}

const barWidth = 40;
const blockWidth = 8;
/** Time in which the block of an indeterminate bar moves on by one character. */
const stepMs = 200;

/**
 * Formats one line with a bar. While the total is unknown, the bar is indeterminate: a block moves to and fro, and
 * there is no total and no percentage that would have to be taken back.
 */
export function formatBar({ phase, done, total, note = '', elapsedMs }: BarState): string {
  const rate = elapsedMs > 0 ? Math.round((done / elapsedMs) * 1000) : 0;
  const bar = total === null ? movingBlock(elapsedMs) : filledBar(done, total);
  return `${phase} ${bar} ${done}${total === null ? '' : ` of ${total}`} | ${rate}/s ${note}`;
}

function filledBar(done: number, total: number): string {
  const filled = total <= 0 ? barWidth : Math.floor(Math.min(1, done / total) * barWidth);
  return '█'.repeat(filled) + '░'.repeat(barWidth - filled);
}

function movingBlock(elapsedMs: number): string {
  const way = barWidth - blockWidth;
  const step = Math.floor(elapsedMs / stepMs) % (2 * way);
  const before = step < way ? step : 2 * way - step;
  return '░'.repeat(before) + '█'.repeat(blockWidth) + '░'.repeat(way - before);
}
