import { expect, it } from 'vitest';
import { printable, printableLine } from '../../src/commands/printable.ts';
import { createLog } from '../../src/base/observability/log.ts';
import { oneLineJson } from '../../src/base/one-line.ts';

/** What a name can hold that a reader of lines, or a terminal, takes for more than a character. */
const hostile = 'film\n{"level":60,"msg":"forged"}\r\u0085\u2028\u2029\u001b[2J\u009b31m\u007f\u202eexe.mp4\\x';
const breaking = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

it('JSON keeps its value on one line', () => {
  const line = oneLineJson(JSON.stringify({ hostile }));
  expect(line).not.toMatch(breaking);
  expect(JSON.parse(line)).toEqual({ hostile });
});

it('a log entry is one line, whatever is in its fields, its message or its error', () => {
  const lines: string[] = [];
  const log = createLog({ level: 'info', secrets: [], destination: { write: (line) => lines.push(line) } });
  log.child({ [hostile]: hostile }).warn({ path: hostile, err: new Error(hostile) }, hostile);
  expect(lines).toHaveLength(1);
  expect(lines[0]?.slice(0, -1)).not.toMatch(breaking);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 40, [hostile]: hostile, path: hostile, msg: hostile });
});

it('a line for a terminal has no control characters, and a text none but its own line ends', () => {
  expect(printableLine(hostile)).not.toMatch(breaking);
  expect(printableLine('C:\\films\tone')).toBe(String.raw`C:\films\tone`);
  expect(printable('two\nlines\u001b[2J')).toBe('two\nlines\\x1b[2J');
  expect(printable('Bearer abcdefgh')).toBe('Bearer [redacted]');
});
