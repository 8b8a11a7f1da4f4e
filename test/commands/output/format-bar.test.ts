import { expect, it } from 'vitest';
import { formatBar } from '../../../src/commands/output/format-bar.ts';

const scanning = { phase: 'Scanning', done: 50, elapsedMs: 10_000 };
const filledCells = (line: string) => Array.from(line).flatMap((sign, index) => (sign === '█' ? [index] : []));

it('fills the bar by what is done of a known total', () => {
  const line = formatBar({ ...scanning, total: 200, note: '3 MiB saved' });
  expect(line).toBe(`Scanning ${'█'.repeat(10)}${'░'.repeat(30)} 50 of 200 | 5/s 3 MiB saved`);
  expect(filledCells(formatBar({ ...scanning, total: 50 }))).toHaveLength(40);
  expect(filledCells(formatBar({ ...scanning, total: 0 }))).toHaveLength(40);
});

it('moves a block to and fro while the total is unknown, and names no total', () => {
  const lines = Array.from({ length: 100 }, (_, step) =>
    formatBar({ ...scanning, total: null, elapsedMs: step * 200 }),
  );
  for (const line of lines) expect(line).toMatch(/^Scanning [█░]{40} 50 \| \d+\/s $/);
  const starts = lines.map((line) => filledCells(line)[0]! - 'Scanning '.length);
  expect([Math.min(...starts), Math.max(...starts)]).toEqual([0, 32]);
  expect(lines.every((line) => filledCells(line).length === 8)).toBe(true);
  expect(starts.slice(0, 3)).toEqual([0, 1, 2]);
});
