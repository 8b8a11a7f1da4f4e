import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ReadFacts } from '../../../../src/library/metadata/facts/picture-facts.ts';
import { addSidecar } from '../../../../src/library/metadata/facts/sidecar.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const document = (attributes: string) =>
  `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" ${attributes}/></rdf:RDF>`;
const localMs = Date.UTC(2024, 0, 2, 3, 4, 5, 678);
const read: ReadFacts = {
  facts: { rating: 1, keywords: ['kept'], camera: { make: 'Canon' }, notes: ['old'] },
  dates: [{ name: 'EXIF DateTimeOriginal', source: 'EXIF', localMs, offsetMinutes: 60 }],
};

it('goes before what stands in the file, except for the camera', async () => {
  const rootPath = await temporaryFolder();
  const text = document('xmp:Rating="5" tiff:Make="Other" tiff:Model="R6" exif:DateTimeOriginal="2023-01-02T03:04:05"');
  await writeFile(join(rootPath, '1.jpg.xmp'), text);
  expect(addSidecar(read, { rootPath, path: '1.jpg' })).toEqual({
    facts: { rating: 5, keywords: ['kept'], camera: { make: 'Canon', model: 'R6' }, notes: ['old'] },
    dates: [
      ...read.dates,
      {
        name: 'XMP exif:DateTimeOriginal beside it',
        source: 'SIDECAR',
        localMs: Date.UTC(2023, 0, 2, 3, 4, 5),
        offsetMinutes: null,
      },
    ],
  });
});

it('is no other date where it repeats that of the file, and says something of a file that says nothing', async () => {
  const rootPath = await temporaryFolder();
  const path = join(rootPath, '1.jpg');
  await writeFile(join(rootPath, '1.xmp'), document('xmp:Rating="2" exif:DateTimeOriginal="2024-01-02T03:04:05"'));
  expect(addSidecar(read, { rootPath, path })?.dates).toEqual(read.dates);
  expect(addSidecar(null, { rootPath, path })).toMatchObject({ facts: { rating: 2 }, dates: [{ source: 'SIDECAR' }] });
});

it('is read from inside the root alone, and as far as it is whole', async () => {
  const [rootPath, outside] = [await temporaryFolder(), await temporaryFolder()];
  await writeFile(join(outside, 'x.xmp'), document('xmp:Rating="2"'));
  await symlink(join(outside, 'x.xmp'), join(rootPath, '1.xmp'));
  expect(addSidecar(read, { rootPath, path: '1.jpg' })).toBe(read);
  await writeFile(join(rootPath, '2.xmp'), `${document('xmp:Rating="3"').slice(0, -'</rdf:RDF>'.length)}<broken`);
  expect(addSidecar(null, { rootPath, path: '2.jpg' })?.facts.rating).toBe(3);
  await writeFile(join(rootPath, '3.xmp'), Buffer.alloc(5_000_000, '<a>'));
  expect(addSidecar(null, { rootPath, path: '3.jpg' })?.facts.notes?.length).toBeLessThanOrEqual(20);
});
