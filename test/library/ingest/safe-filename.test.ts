import { expect, it } from 'vitest';
import { numberedName, safeFilename, withExtension } from '../../../src/library/ingest/safe-filename.ts';

it.each([
  ['film.mp4', 'film.mp4'],
  ['../x.mp4', 'x.mp4'],
  ['..\\x.mp4', 'x.mp4'],
  ['/etc/passwd', 'passwd'],
  ['C:\\Users\\a\\b.mp4', 'b.mp4'],
  ['', 'upload'],
  ['.', 'upload'],
  ['..', 'upload'],
  ['/', 'upload'],
  ['   ', 'upload'],
  ['.mp4', 'mp4'],
  ['.hidden.mp4', 'hidden.mp4'],
  ['a\0b.mp4', 'a b.mp4'],
  ['a\nb\u202egpj.mp4', 'a b gpj.mp4'],
  ['half \ud83d.mp4', 'half .mp4'],
  ['a<b>|"?*:c.mp4', 'a b c.mp4'],
  ['film.mp4. . ', 'film.mp4'],
  ['CON.mp4', '_CON.mp4'],
  ['nul', '_nul'],
  ['LPT¹.mp4', '_LPT¹.mp4'],
  ['com².tar.gz', '_com².tar.gz'],
  ['CONIN$ .mp4', '_CONIN$ .mp4'],
  ['lpt12.mp4', 'lpt12.mp4'],
  ['Mr. Smith Goes to Washington in the summer of 1939', 'Mr. Smith Goes to Washington in the summer of 1939'],
  ['com1.tar.gz', '_com1.tar.gz'],
  ['console.mp4', 'console.mp4'],
  ['e\u0301te\u0301.mp4', 'été.mp4'],
  ['日本語 🎬.mkv', '日本語 🎬.mkv'],
])('makes of %j the name %j', (sent, name) => expect(safeFilename(sent)).toBe(name));

it('keeps the extension of a name that is too long, and no half characters', () => {
  const name = safeFilename(`${'🎬'.repeat(400)}.mp4`);
  expect(name).toMatch(/^(🎬)+\.mp4$/u);
  expect(Buffer.byteLength(numberedName(name, 9_999))).toBeLessThanOrEqual(255);
  expect(Buffer.byteLength(safeFilename(`a.${'x'.repeat(400)}`))).toBeLessThanOrEqual(255);
});

it('numbers names before their extension', () => {
  expect([0, 1, 12].map((number) => numberedName('a.b.mp4', number))).toEqual([
    'a.b.mp4',
    'a.b (1).mp4',
    'a.b (12).mp4',
  ]);
  expect(numberedName('upload', 1)).toBe('upload (1)');
});

it('replaces an extension that says a type, and keeps what only looks like one', () => {
  expect(withExtension('a.mkv', 'mp4')).toBe('a.mp4');
  expect(withExtension('Vol. 2', 'mp4')).toBe('Vol. 2.mp4');
  expect(withExtension('upload', 'mp4')).toBe('upload.mp4');
});
