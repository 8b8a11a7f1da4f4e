import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { categoryOf } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { openScanLibrary } from '../../support/scan-library.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const xmp = (
  rating: number,
) => `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
    xmp:Rating="${rating}" exif:DateTimeOriginal="2020-01-0${rating}T10:00:00"/></rdf:RDF></x:xmpmeta>`;

describeOnEachDatabase('The XMP file beside a picture', (open) => {
  it('is read when it comes, changes and goes, and no row is touched where it stays as it is', async () => {
    const { prisma, ...database } = await open();
    const rootPath = await temporaryFolder();
    const category = categoryOf({ key: 'photos', rootPath, includePatterns: ['**/*.jpg'] });
    const library = await openScanLibrary({ prisma, ...database }, [category]);
    await mkdir(join(rootPath, 'a'));
    for (const path of ['a/1.jpg', 'a/2.jpg', '3.jpg']) await writeFile(join(rootPath, path), path);
    const write = async (path: string, rating: number) => {
      await writeFile(join(rootPath, path), xmp(rating));
      await utimes(join(rootPath, path), rating, rating);
    };
    const scan = async () => {
      const { only } = await library.scan();
      await library.probe();
      const items = await prisma.mediaItem.findMany({ orderBy: { relativePath: 'asc' } });
      const said = items.map(({ facts, capturedAt, capturedSource }) => {
        const { rating = null } = (facts ?? {}) as { rating?: number };
        return rating && `${rating} ${capturedAt?.toISOString().slice(0, 10)} ${capturedSource}`;
      });
      return [only.added, only.updated, only.unchanged, ...said];
    };
    await write('a/1.xmp', 1);
    expect(await scan()).toEqual([3, 0, 0, null, '1 2020-01-01 SIDECAR', null]);
    expect(await scan()).toEqual([0, 0, 3, null, '1 2020-01-01 SIDECAR', null]);
    await write('a/1.xmp', 2);
    await write('3.jpg.XMP', 3);
    expect(await scan()).toEqual([0, 2, 1, '3 2020-01-03 SIDECAR', '2 2020-01-02 SIDECAR', null]);
    await write('a/1.jpg.xmp', 4);
    expect(await scan()).toEqual([0, 1, 2, '3 2020-01-03 SIDECAR', '4 2020-01-04 SIDECAR', null]);
    await rm(join(rootPath, 'a/1.jpg.xmp'));
    await rm(join(rootPath, 'a/1.xmp'));
    expect(await scan()).toEqual([0, 1, 2, '3 2020-01-03 SIDECAR', null, null]);
    expect(await scan()).toEqual([0, 0, 3, '3 2020-01-03 SIDECAR', null, null]);
  });
});
