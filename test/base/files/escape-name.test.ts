import { expect, test } from 'vitest';
import { escapeName, unescapeName } from '../../../src/base/files/escape-name.ts';

test('An ordinary name stays as it is', () => {
  for (const name of ['Movie (2001).mp4', "it's – été 日本 🎬", 'e\u{301}', '\u{fffd}'])
    expect(escapeName(name)).toBe(name);
});

test('Nothing in a name can break a line, turn the text or move the cursor', () => {
  expect(escapeName('a\nb\r\t\u{1b}[2J\u{7f}\u{85}\u{2028}\u{202e}gpj\u{d800}')).toBe(
    'a\\nb\\r\\t\\x1b[2J\\x7f\\u{85}\\u{2028}\\u{202e}gpj\\u{d800}',
  );
});

test('Bytes that are no UTF-8 are told by their number, among characters that are', () => {
  expect(escapeName(Buffer.from('caf\xe9.jpg', 'latin1'))).toBe('caf\\xe9.jpg');
  expect(escapeName(Buffer.from([0x61, 0xc3, 0xa9, 0xf0, 0x9f, 0x8e, 0xac, 0xff, 0xc3]))).toBe('aé🎬\\xff\\xc3');
});

test('A name that looks escaped is told apart from one that is', () => {
  expect(escapeName('caf\\xe9.jpg')).toBe('caf\\\\xe9.jpg');
});

test('What was written of a text is read back, and nothing else', () => {
  const names = [
    'plain.jpg',
    'a\nb\r\t\u{1b}[2J\u{7f}\u{85}\u{2028}\u{202e}gpj',
    'back\\slash.jpg',
    String.raw`a\nb\\x1b`,
    '🎬',
  ];
  expect(names.map((name) => unescapeName(escapeName(name)))).toEqual(names);
  const bytes = escapeName(Buffer.from('caf\xe9.jpg', 'latin1'));
  for (const foreign of [bytes, 'back\\slash.jpg', 'a\nb', String.raw`\u{110000}`, '\\']) {
    expect(unescapeName(foreign)).toBeNull();
  }
});
