import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, realpath, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { defaultModelImages } from '../../../src/base/config/defaults.ts';
import { novaProfile } from '../../../src/base/config/image-proxy-profile.ts';
import { rootMarkerName } from '../../../src/base/files/root-marker-name.ts';
import { measureEntries } from '../../../src/library/delivery/archives/measure-entries.ts';
import { packEntries } from '../../../src/library/delivery/archives/pack-entries.ts';
import { openDiskSource } from '../../../src/library/delivery/disk-source.ts';
import { createFolderNames } from '../../../src/library/delivery/posters/folder-names.ts';
import { renderPicture, type PictureSource } from '../../../src/library/delivery/posters/render-picture.task.ts';
import { createHashControl } from '../../../src/library/hashing/hash-control.ts';
import { hashFiles } from '../../../src/library/hashing/hash-files.task.ts';
import { hashInside } from '../../../src/base/files/hash-inside.ts';
import { copyLegacyDatabase } from '../../../src/library/legacy/copy-legacy-database.ts';
import { createPictureFinder } from '../../../src/library/legacy/find-picture.ts';
import { writeShadowFiles } from '../../../src/library/legacy/write-shadow-files.ts';
import { probeFiles } from '../../../src/library/metadata/probe-files.task.ts';
import { createImageStore } from '../../../src/library/model-records/image-store.ts';
import { makeTiers } from '../../../src/library/model-records/make-tiers.task.ts';
import { openProxy } from '../../../src/library/image-proxies/open-proxy.ts';
import { renderProxy } from '../../../src/library/image-proxies/render-proxy.task.ts';
import { uploadProxy } from '../../../src/library/image-proxies/upload-original.ts';
import { openRemovable } from '../../../src/library/removal/remove-file.ts';
import { readRootMarker } from '../../../src/library/roots/root-marker.ts';
import { identifyFiles } from '../../../src/library/scan/plan/identify-files.task.ts';
import { encodePublicId } from '../../../src/base/public-id.ts';
import { signatureOf } from '../../../src/library/metadata/signature.ts';
import { colourOf, plainPicture } from '../../library/delivery/posters/poster-library.ts';
import { embedCover } from '../../library/delivery/posters/embed-cover.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { swapForLinks } from './swapped-links.ts';

/**
 * The same names stand inside a root and outside it; `sub/` and the files of the root's own level become links outside and
 * back, all the time.
 */
interface Places {
  root: string;
  outside: string;
  /** Where readers may write. */
  work: string;
}

type Given = 'inside' | 'outside' | 'nothing';
type Reader = (places: Places) => Promise<Given>;

const { signal } = new AbortController();
const ids = { inside: '11111111-1111-4111-8111-111111111111', outside: '22222222-2222-4222-8222-222222222222' };
const [picture, song, bytes] = ['sub/picture.jpg', 'sub/song.mp3', 'sub/bytes.bin'];

/** Inside everything is red, or says `inside!`; outside it is blue, of another size, or says `outside`. */
async function makePlaces(): Promise<Places> {
  const work = await realpath(await temporaryFolder());
  const [root, outside] = [join(work, 'root'), join(work, 'elsewhere')];
  for (const [folder, place, colour] of [
    [root, 'inside', 'red'],
    [outside, 'outside', 'blue'],
  ] as const) {
    await mkdir(join(folder, 'sub'), { recursive: true });
    const drawn = await plainPicture(colour, { width: place === 'inside' ? 60 : 90 });
    const said = place === 'inside' ? 'inside!' : 'outside';
    await writeFile(join(folder, picture), drawn);
    await writeFile(join(folder, song), embedCover(drawn));
    await writeFile(join(folder, bytes), said);
    await writeFile(join(folder, 'sub', `only-${place}.jpg`), '');
    await writeFile(join(folder, 'stored.bin'), said);
    await writeFile(join(folder, rootMarkerName), `${ids[place]}\n`);
  }
  await swapForLinks(
    ['sub', 'stored.bin', rootMarkerName].map((name) => ({ path: join(root, name), outside: join(outside, name) })),
  );
  return { root, outside, work };
}

function placeOf(said: string): Given {
  return said.includes('outside') ? 'outside' : said.includes('inside!') ? 'inside' : 'nothing';
}

async function placeOfPicture(drawn: Uint8Array): Promise<Given> {
  const colour = await colourOf({ bytes: Buffer.from(drawn) });
  return colour === 'red' ? 'inside' : colour === 'blue' ? 'outside' : 'nothing';
}

const placeOfHash = (hash: string | null): Given => {
  const hashes = (['inside!', 'outside'] as const).flatMap((said) => {
    const sha256 = createHash('sha256').update(said).digest('hex');
    const fingerprint = createHash('sha256').update(`${said.length}:`).update(said).digest('hex').slice(0, 32);
    return [sha256, fingerprint].map((one) => [one, placeOf(said)] as const);
  });
  return new Map(hashes).get(hash ?? '') ?? 'nothing';
};

async function stream(relativePath: string, rootPath: string): Promise<Given> {
  const source = await openDiskSource({ rootPath, relativePath, contentType: 'a/b' });
  try {
    return placeOf(await text(await source.open({ start: 0, end: source.sizeBytes - 1 }, signal)));
  } finally {
    await source.close();
  }
}

async function poster(source: PictureSource): Promise<Given> {
  const result = await renderPicture({ source, longestSide: 100, maxPixels: 1e6 });
  return result.ok ? placeOfPicture(result.bytes) : 'nothing';
}

const proxyRow = {
  id: 1,
  filename: 'stored.bin',
  sha256: 'a',
  sizeBytes: 7n,
  format: 'JPEG',
  s3Key: null,
  s3Sha256: null,
} as never;

const readers: Record<string, Reader> = {
  'a stream': ({ root }) => stream(bytes, root),
  'a stored picture of a model': ({ root }) => stream('stored.bin', root),
  'a poster': ({ root }) => poster({ kind: 'file', rootPath: root, relativePath: picture, isTolerant: true }),
  'a cover': ({ root }) => poster({ kind: 'cover', rootPath: root, relativePath: song }),
  'the names beside a film': async ({ root }) => {
    const names = await createFolderNames()({ rootPath: root, relativePath: 'sub' });
    return placeOf([...names.keys()].join(' ').replace('only-inside', 'inside!'));
  },
  'the header of a picture, and its fingerprint': async ({ root, outside }) => {
    const file = { id: 1, rootPath: root, path: picture, mediaType: 'IMAGE' as const };
    const [probed] = await probeFiles({ files: [file], fingerprints: true });
    const [stranger] = identifyFiles({ files: [{ rootPath: outside, path: picture }], by: 'fingerprint' });
    if (!probed?.ok) return 'nothing';
    return probed.width === 60 && probed.fingerprint !== stranger ? 'inside' : 'outside';
  },
  'the header of a song': async ({ root }) => {
    const files = [{ id: 1, rootPath: root, path: bytes, mediaType: 'AUDIO' as const }];
    const [probed] = await probeFiles({ files, fingerprints: true });
    return placeOfHash(probed?.fingerprint ?? null);
  },
  'a fingerprint': async ({ root }) =>
    placeOfHash(identifyFiles({ files: [{ rootPath: root, path: bytes }], by: 'fingerprint' })[0] ?? null),
  'a hash that tells moved files apart': async ({ root }) =>
    placeOfHash(identifyFiles({ files: [{ rootPath: root, path: bytes }], by: 'sha256' })[0] ?? null),
  'a hash': async ({ root }) => {
    const files = [{ rootPath: root, relativePath: bytes }];
    const [hashed] = await hashFiles({ files, memory: createHashControl().memory });
    return placeOfHash(hashed?.ok ? hashed.sha256 : null);
  },
  'an upload that is checked': async ({ root }) => placeOfHash((await hashInside(root, bytes)).sha256),
  'an archive': async ({ root }) => {
    const place = { category: 'films', rootPath: root, copypartyPath: '/', relativePath: bytes };
    const file = { ...place, sizeBytes: 7, contentType: 'a/b' };
    const entries = await measureEntries([{ name: 'a', file }], openDiskSource, signal);
    return placeOf((await buffer(packEntries(entries, openDiskSource).open(signal))).toString('latin1'));
  },
  'a legacy picture that is kept': async ({ root, work }) => {
    const folder = { rootPath: root, relativePath: 'sub', realPath: join(root, 'sub') };
    const found = (await createPictureFinder(folder)).find('bytes.bin');
    if (found.state !== 'found') return 'nothing';
    const options = { database: null as never, pool: null as never, profile: () => defaultModelImages, maxPixels: 1 };
    const log = { warn: () => undefined };
    const store = createImageStore({ ...options, folder: join(work, 'images'), log });
    await store.keepPending('kept.bin', found.file);
    return placeOf(await readFile(join(store.pendingFolder, 'kept.bin'), 'utf8'));
  },
  'a legacy database': async ({ root, work }) => {
    const file = { rootPath: root, relativePath: bytes, realPath: join(root, bytes) };
    return placeOf(await readFile(await copyLegacyDatabase(file, join(work, 'legacy')), 'utf8'));
  },
  'a picture of a model': async ({ root, work }) => {
    const source = { rootPath: root, relativePath: picture };
    const made = await makeTiers({ source, folder: work, name: 'made', profile: defaultModelImages, maxPixels: 1e6 });
    return made.ok ? placeOfPicture(await readFile(join(work, 'made_high.webp'))) : 'nothing';
  },
  'an image proxy': async ({ root, work }) => {
    const source = { rootPath: root, relativePath: picture };
    const outputPath = join(work, `proxy-${Math.random()}`);
    const made = await renderProxy({ source, profile: novaProfile, maxPixels: 1e6, small: 'RENDER', outputPath });
    return made.kind === 'RENDERED' ? placeOfPicture(await readFile(outputPath)) : 'nothing';
  },
  'an image proxy that is sent': async ({ root }) => {
    const imageProxies = { findMany: async () => [proxyRow] };
    const sent = await openProxy({ imageProxies, files: { folder: root } }, encodePublicId('ImageProxy', 1));
    if (sent === null) return 'nothing';
    try {
      return placeOf(await text(await sent.source.open({ start: 0, end: 6 }, signal)));
    } finally {
      await sent.source.close();
    }
  },
  'an image proxy that is uploaded': async ({ root }) => {
    let given: Given = 'nothing';
    const put = async ({ body }: { body: Readable }) => {
      given = placeOf(await text(body));
    };
    const prisma = { imageProxy: { updateMany: async () => undefined } };
    await uploadProxy({ database: { prisma }, files: { folder: root }, objectStore: { put } } as never, proxyRow);
    return given;
  },
  'the marker of a root': async ({ root }) => {
    const id = await readRootMarker(root);
    return id === ids.inside ? 'inside' : id === ids.outside ? 'outside' : 'nothing';
  },
};

describe.runIf(process.platform === 'linux')(
  'nothing from outside a root, while folders and links are swapped, is in',
  () => {
    it.each(Object.entries(readers))('%s', async (_name, read) => {
      const places = await makePlaces();
      const seen: Record<Given, number> = { inside: 0, outside: 0, nothing: 0 };
      // Until both states of the swap were met, or nothing was tried.
      while (Math.min(seen.inside, seen.nothing) < 40) {
        seen[await read(places).catch(refused)] += 1;
      }
      expect(seen.outside).toBe(0);
    });

    it('what is written, or removed', async () => {
      const { root, outside } = await makePlaces();
      const written = { inside: 0, nothing: 0 };
      for (let round = 0; Math.min(written.inside, written.nothing) < 10; round += 1) {
        const report = await writeShadowFiles(legacyModels(round), root);
        written.inside += report.written;
        written.nothing += report.refused.length;
      }

      const seen = { removed: 0, nothing: 0 };
      for (let n = 0; n < 500; n += 1) {
        const name = `removable-${n}`;
        const path = join(outside, 'sub', name);
        await writeFile(path, '');
        const signature = signatureOf(`sub/${name}`, 0, (await stat(path, { bigint: true })).mtimeNs);
        const file = await openRemovable({ rootPath: root, relativePath: `sub/${name}`, signature }).catch(() => null);
        await file?.remove();
        await file?.close();
        seen[file === null ? 'nothing' : 'removed'] += 1;
      }
      expect(seen).toEqual({ removed: 0, nothing: 500 });
      const names = await readdir(join(outside, 'sub'));
      expect(names.filter((name) => name.startsWith('removable-'))).toHaveLength(500);
      expect(names.filter((name) => name.startsWith('shadow_'))).toEqual([]);
    });
  },
);

async function* legacyModels(round: number) {
  for (let n = 0; n < 500; n += 1) yield [{ item: `${n}`, path: `sub/${round}-${n}.bin` }];
}

/** Anything else is no answer to a swap, but a fault of the reader. */
function refused(error: unknown): Given {
  if (error instanceof Error && 'code' in error) return 'nothing';
  throw error;
}
