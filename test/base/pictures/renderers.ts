import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultModelImages } from '../../../src/base/config/defaults.ts';
import { novaProfile } from '../../../src/base/config/image-proxy-profile.ts';
import { renderPicture } from '../../../src/library/delivery/posters/render-picture.task.ts';
import { renderProxy } from '../../../src/library/image-proxies/render-proxy.task.ts';
import { makeTiers } from '../../../src/library/model-records/make-tiers.task.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

export const maxPixels = 120_000_000;

export type Outcome = { ok: true; bytes: Uint8Array } | { ok: false; reason: string };
type Render = (rootPath: string, relativePath: string) => Promise<Outcome>;

/** Everything that decodes pictures of others. */
export const renderers: Record<string, Render> = {
  async poster(rootPath, relativePath) {
    const source = { kind: 'file', rootPath, relativePath, isTolerant: true } as const;
    const result = await renderPicture({ source, longestSide: 320, maxPixels });
    return result.ok ? result : { ok: false, reason: `${result.code} ${result.message}` };
  },
  async proxy(rootPath, relativePath) {
    const outputPath = join(await temporaryFolder(), 'proxy');
    const source = { rootPath, relativePath };
    const result = await renderProxy({ source, profile: novaProfile, maxPixels, small: 'RENDER', outputPath });
    if (result.kind === 'RENDERED') return { ok: true, bytes: await readFile(outputPath) };
    return { ok: false, reason: JSON.stringify(result) };
  },
  async tiers(rootPath, relativePath) {
    const folder = await temporaryFolder();
    const source = { rootPath, relativePath };
    const result = await makeTiers({ source, folder, name: 'a', profile: defaultModelImages, maxPixels });
    if (result.ok) return { ok: true, bytes: await readFile(join(folder, 'a_high.webp')) };
    return { ok: false, reason: `${result.code} ${result.message}` };
  },
};
