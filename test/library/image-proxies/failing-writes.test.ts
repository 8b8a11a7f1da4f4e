import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { novaProfile } from '../../../src/base/config/image-proxy-profile.ts';
import { suspendProxies } from '../../../src/library/image-proxies/sql/store-proxies.ts';
import { createFetchSource } from '../../../src/library/image-proxies/fetch-source.ts';
import { createSingleImageProxies } from '../../../src/library/image-proxies/single-image-proxies.ts';
import { createProxiesAfterScan } from '../../../src/library/image-proxies/proxies-after-scan.ts';
import { createProxyFiles } from '../../../src/library/image-proxies/proxy-files.ts';
import { createProxyRenderer, type ProxyRenderer } from '../../../src/library/image-proxies/proxy-renderer.ts';
import { createProxyWriter } from '../../../src/library/image-proxies/proxy-writer.ts';
import { renderProxy } from '../../../src/library/image-proxies/render-proxy.task.ts';
import { categoryOf } from '../../support/catalogued-files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { photo, startProxyService, type ProxyService } from './proxy-service.ts';

/** A service with one large image, and what proxies are made with. */
async function parts() {
  const service = await startProxyService();
  await service.writePhoto('large.jpg', await photo());
  await service.scan();
  const { database, mediaConfig } = service.app;
  const files = createProxyFiles(service.proxyFolder);
  const renderer = createProxyRenderer({
    pool: { threads: 1, run: (_name, input) => renderProxy(input) },
    files,
    findCategory: (key) => mediaConfig.findCategory(key),
    fetchSource: null,
    maxPixels: 1e9,
  });
  const item = await database.prisma.mediaItem.findFirstOrThrow();
  return { service, database, mediaConfig, files, renderer, item };
}

const filesOf = ({ proxyFolder }: ProxyService) => readdir(proxyFolder);

it('a render whose row cannot be written leaves no temporary file', async () => {
  const { service, database, mediaConfig, files, renderer, item } = await parts();
  await service.batch();
  const [before] = await filesOf(service);
  const broken = { ...database, write: () => Promise.reject(new Error('broken')) };
  const writer = createProxyWriter({ database: broken, files });
  const images = createSingleImageProxies({ database, mediaConfig, files, renderer, writer });
  await expect(images.create(item.id, novaProfile, { force: true })).rejects.toThrow('broken');
  expect(await filesOf(service)).toEqual([before]);
});

it('a proxy that another writer suspends as soon as it is stored is answered as it was stored', async () => {
  const { service, database, mediaConfig, files, renderer, item } = await parts();
  const { write } = createProxyWriter({ database, files });
  const writer: ReturnType<typeof createProxyWriter> = {
    async write(...proxies) {
      const failures = await write(...proxies);
      await suspendProxies(database, [{ mediaItemId: item.id, profile: novaProfile.name }]);
      return failures;
    },
  };
  const images = createSingleImageProxies({ database, mediaConfig, files, renderer, writer });
  const made = { mediaItemId: item.id, height: 896, sha256: expect.stringMatching(/^[\da-f]{64}$/) };
  expect(await images.ensure(item.id, novaProfile, 'FORMAT')).toMatchObject(made);
  expect(await images.create(item.id, novaProfile, { force: true })).toMatchObject(made);
  expect(await filesOf(service)).toHaveLength(1);
});

it('after a scan, an image over which rendering breaks off costs the others nothing', async () => {
  const { service, database, mediaConfig, renderer } = await parts();
  await service.writePhoto('other.jpg', await photo(2));
  await service.scan();
  const breaking: ProxyRenderer = {
    threads: 1,
    async render(item, ...rest) {
      if (item.filename === 'other.jpg') throw new Error('broken');
      return renderer.render(item, ...rest);
    },
  };
  const loop = createProxiesAfterScan({
    database,
    mediaConfig,
    renderer: breaking,
    writer: createProxyWriter({ database, files: createProxyFiles(service.proxyFolder) }),
    profile: () => novaProfile,
    log: { warn() {}, error() {} },
  });
  await expect(loop.drain()).rejects.toThrow('broken');
  expect(await filesOf(service)).toEqual([expect.stringMatching(/^large_\d+_nova\.jpg$/)]);
});

it('a disk that takes no copy of a fetched image is an error of that image', async () => {
  const folder = join(await temporaryFolder(), 'fetched');
  await writeFile(folder, 'a file in the place of the folder');
  const fetchSource = createFetchSource({ folder, openSource: () => Promise.reject(new Error('not reached')) });
  const place = { rootCategory: 'photos', relativePath: 'a.jpg', filename: 'a.jpg' };
  const item = { id: 1, ...place, mediaType: 'IMAGE', signature: 'a', sizeBytes: 1, proxy: null };
  expect(await fetchSource(item, categoryOf({ key: 'photos', rootPath: '/nowhere' }))).toMatchObject({
    kind: 'FAILED',
    code: 'STORAGE_ERROR',
  });
  await rm(folder);
});

it('what was made for another size of the profile counts as none everywhere', async () => {
  const { service, database, item } = await parts();
  await service.batch();
  const data = { targetDimension: 500 };
  await database.prisma.imageProxy.updateMany({ data });
  const { findOfItems, batches, afterScan } = service.app.imageProxies;
  expect(await findOfItems([item.id], 'nova')).toEqual([null]);
  expect(await batches.summary('nova')).toMatchObject({ totalImages: 1, proxiesCreated: 0 });
  await afterScan.drain();
  expect(await findOfItems([item.id], 'nova')).toMatchObject([{ targetDimension: 896 }]);
  expect(await batches.summary('nova')).toMatchObject({ totalImages: 1, proxiesCreated: 1 });
});

it('an image without a known size counts as an error only while it has no proxy', async () => {
  const { service, database } = await parts();
  await database.prisma.mediaItem.updateMany({ data: { width: null, height: null } });
  expect(await service.app.imageProxies.batches.summary('nova')).toMatchObject({ proxiesCreated: 0, errors: 1 });
  await service.batch();
  expect(await service.app.imageProxies.batches.summary('nova')).toMatchObject({ proxiesCreated: 1, errors: 0 });
});
