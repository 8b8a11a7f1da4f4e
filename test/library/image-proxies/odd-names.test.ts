import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ScanSummary } from '../../../src/library/scan/scan-summary.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { startProxyService } from './proxy-service.ts';

it('a file of an odd name has the same name in every report, by which a retry finds it', async () => {
  const logDir = await temporaryFolder();
  const service = await startProxyService({ environment: { LOG_DIR: logDir } });
  const { jobs, scanner } = service.app;
  const name = 'back\\slash\nand\u{202e}turn.jpg';
  const written = String.raw`back\\slash\nand\u{202e}turn.jpg`;
  await service.writePhoto(name, Buffer.from('text'));
  await service.scan();

  const { job, report } = await service.batch();
  expect(report).toMatchObject({ totalImages: 1, errors: 1 });
  const failed = async (id: string) =>
    (await jobs.itemErrors(id, { count: 9, backward: false, cursor: null })).edges.map(({ node }) => node.item);
  expect(await failed(job.id)).toEqual([`photos/${written}`]);
  const again = await jobs.waitFor(await jobs.retry(job.id));
  expect(again.result).toMatchObject({ totalImages: 1, errors: 1 });
  expect(await failed(again.id)).toEqual([`photos/${written}`]);

  await rm(service.photoPath(name));
  const { id } = await scanner.start({ categories: ['photos'] });
  const { categories } = (await jobs.waitFor({ id, kind: 'SCAN' })).result as ScanSummary;
  expect(categories[0]).toMatchObject({ missing: 1, missingPaths: [written] });
  const line = await readFile(join(logDir, 'media_deletions.log'), 'utf8');
  expect(JSON.parse(line)).toMatchObject({ root_path: service.category('photos').rootPath, path: written });
});
