import { isUtf8 } from 'node:buffer';

/**
 * Writes a file name or path as one line that is safe in a log or an answer, and different for any two names: control
 * characters, line separators and marks that turn the direction of text become `\n`, `\x1b` or `\u{202e}`, a backslash
 * is doubled, and bytes that are no UTF-8 (only a Buffer has them) become `\xe9`.
 */
export function escapeName(name: string | Buffer): string {
  if (typeof name === 'string') return name.replaceAll(unsafe, escapeCharacter);
  if (isUtf8(name)) return escapeName(name.toString());
  return [...utf8Runs(name)].map((run) => (isUtf8(run) ? escapeName(run.toString()) : escapeByte(run[0]!))).join('');
}

/**
 * Reads back what `escapeName` wrote of a text; null for what it did not write, or wrote of bytes that are no UTF-8.
 */
export function unescapeName(escaped: string): string | null {
  const name = escaped.replaceAll(escapes, (escape, body: string) => characterOf(body) ?? escape);
  return escapeName(name) === escaped ? name : null;
}

const escapes = /\\(\\|n|r|t|x[0-9a-f]{2}|u\{[0-9a-f]{2,6}\})/g;

function characterOf(body: string): string | null {
  const sign = Object.entries(named).find(([, written]) => written === `\\${body}`)?.[0];
  if (sign !== undefined) return sign;
  const codePoint = Number.parseInt(body.replaceAll(/[xu{}]/g, ''), 16);
  return codePoint <= 0x10_ff_ff ? String.fromCodePoint(codePoint) : null;
}

const unsafe = /[\\\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/gu;
const named: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapeCharacter(character: string): string {
  const codePoint = character.codePointAt(0)!;
  return named[character] ?? (codePoint < 0x80 ? escapeByte(codePoint) : `\\u{${codePoint.toString(16)}}`);
}

function escapeByte(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}

/** Cuts a name into the shortest runs that are UTF-8 (1 to 4 bytes), and single bytes where there is none. */
function* utf8Runs(name: Buffer): Generator<Buffer> {
  for (let start = 0; start < name.length;) {
    const length = [1, 2, 3, 4].find((size) => isUtf8(name.subarray(start, start + size))) ?? 1;
    yield name.subarray(start, start + length);
    start += length;
  }
}
