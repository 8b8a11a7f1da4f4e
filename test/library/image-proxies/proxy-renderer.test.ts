import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { novaProfile } from '../../../src/base/config/image-proxy-profile.ts';
import type { ProxyCandidate } from '../../../src/library/image-proxies/sql/proxy-candidates.ts';
import { createProxyFiles } from '../../../src/library/image-proxies/proxy-files.ts';
import { createProxyRenderer, type RenderPool } from '../../../src/library/image-proxies/proxy-renderer.ts';
import { renderProxy } from '../../../src/library/image-proxies/render-proxy.task.ts';
import { categoryOf } from '../../support/catalogued-files.ts';
import { fakePassword, startFakeCopyparty } from '../../support/fake-copyparty.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { photo, startProxyService } from './proxy-service.ts';
import { drawNoise } from './draw-pictures.ts';

function item(filename: string): ProxyCandidate {
  const place = { rootCategory: 'photos', relativePath: filename, filename };
  return { id: 1, ...place, mediaType: 'IMAGE', signature: 'a', sizeBytes: 1, proxy: null };
}

describe('rendering', () => {
  it('survives a worker that dies over a picture, and leaves nothing behind', async () => {
    const [rootPath, folder] = [await temporaryFolder(), await temporaryFolder()];
    await drawNoise(1000, 950).jpeg().toFile(join(rootPath, 'a.jpg'));
    const pool: RenderPool = { threads: 2, run: (_name, input) => renderProxy(input) };
    vi.spyOn(pool, 'run').mockRejectedValueOnce(new Error('Worker terminated due to reaching memory limit'));
    const renderer = createProxyRenderer({
      pool,
      files: createProxyFiles(folder),
      findCategory: (key) => categoryOf({ key, rootPath }),
      fetchSource: null,
      maxPixels: 1e9,
    });
    expect(await renderer.render(item('a.jpg'), novaProfile, { small: 'SKIP' })).toMatchObject({
      kind: 'FAILED',
      code: 'RENDERING_FAILED',
      reason: expect.stringContaining('memory limit'),
    });
    expect(await readdir(folder)).toEqual([]);
    expect(await renderer.render(item('a.jpg'), novaProfile, { small: 'SKIP' })).toMatchObject({ kind: 'RENDERED' });
  });

  it('fetches an image whose root is on the machine of copyparty alone, and keeps no copy', async () => {
    const copyparty = await startFakeCopyparty();
    const environment = { COPYPARTY_URL: copyparty.url, COPYPARTY_PASSWORD: fakePassword };
    const service = await startProxyService({ environment });
    await service.writePhoto('a.jpg', await photo(1));
    await service.writePhoto('b.jpg', await photo(2));
    await service.scan();
    copyparty.addFile('/photos/a.jpg', await readFile(service.photoPath('a.jpg')));
    await rm(service.category('photos').rootPath, { recursive: true });
    const { report } = await service.batch();
    expect(report).toMatchObject({ totalImages: 2, proxiesCreated: 1, errors: 1 });
    // It is that of the catalogued file, and not made again.
    expect((await service.batch()).report).toMatchObject({ proxiesCreated: 0, proxiesSkipped: 1, errors: 1 });
    expect(await readdir(join(service.folder, 'data', 'fetched'))).toEqual([]);
  });
});
