import { expect, it } from 'vitest';
import { proxyFilename } from '../../../src/library/image-proxies/proxy-filename.ts';

it.each([
  ['IMG_0001.JPG', 'IMG_0001_7_nova.jpg'],
  ['at the beach!.jpeg', 'at_the_beach_7_nova.jpg'],
  ['../../etc/passwd', 'passwd_7_nova.jpg'],
  ['.hidden', 'hidden_7_nova.jpg'],
  ['München – Zürich.png', 'München_Zürich_7_nova.jpg'],
  ['日本.jpg', '日本_7_nova.jpg'],
  ['a\u0000b\nc.jpg', 'a_b_c_7_nova.jpg'],
  ['???.jpg', 'image_7_nova.jpg'],
  ['x.tar.gz', 'x.tar_7_nova.jpg'],
])('%j gets a proxy named %s', (filename, expected) => {
  expect(proxyFilename({ id: 7, filename }, 'nova', 'JPEG')).toBe(expected);
});

it('the extension tells the bytes', () => {
  expect(proxyFilename({ id: 7, filename: 'a.jpg' }, 'nova', 'PNG')).toBe('a_7_nova.png');
});

it('a name fits into a folder however long the stem, and no character is cut in two', () => {
  const name = proxyFilename({ id: 2 ** 31 - 1, filename: `${'🙂ä'.repeat(100)}.jpg` }, 'a'.repeat(32), 'JPEG');
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
  expect(Buffer.from(name).toString()).toBe(name);
  const long = proxyFilename({ id: 1, filename: `${'ä'.repeat(200)}.jpg` }, 'nova', 'JPEG');
  expect(long).toBe(`${'ä'.repeat(75)}_1_nova.jpg`);
});
