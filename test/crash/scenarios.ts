import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodePublicId } from '../../src/base/public-id.ts';
import { drawNoise } from '../library/image-proxies/draw-pictures.ts';
import { writeOddLibrary } from '../support/legacy-library.ts';
import { writeFiles } from '../support/temporary-folder.ts';
import { bulk } from './bulk-scenario.ts';
import { readRows } from './catalogue-state.ts';
import { mutate, runJob } from './operations.ts';
import type { Client, Scenario } from './scenario.ts';
import { copiedUploads, resumableUploads, uploads } from './upload-scenarios.ts';

const films = (count: number, folder = '') => Array.from({ length: count }, (_, index) => `${folder}film ${index}.mp4`);

const scan: Scenario = {
  name: 'scan',
  write: (folder) => writeFiles(join(folder, 'library/movies'), [...films(12), ...films(6, 'old/')]),
  prepare: (service, folder) => runJob(service, folder, 'scanMedia', {}),
  async change(folder) {
    const movies = join(folder, 'library/movies');
    await writeFiles(movies, films(9, 'new/'));
    await rename(join(movies, 'old'), join(movies, 'moved'));
    for (const name of films(4)) await rm(join(movies, name));
    await writeFile(join(movies, 'film 5.mp4'), 'changed');
    await writeFiles(join(folder, 'library/photos'), ['a.jpg', 'b.jpg']);
  },
  act: (service, folder) => runJob(service, folder, 'scanMedia', {}),
};

/** Of unchanged folders nothing but the note of an earlier scan is looked at: that note must not come before the rows. */
const shortcut: Scenario = { ...scan, name: 'scan-shortcut', environment: { SCAN_SHORTCUT: 'on' } };

const firstStart: Scenario = {
  name: 'first-start',
  write: (folder) => writeFiles(join(folder, 'library/movies'), films(3)),
  act: (service, folder) => runJob(service, folder, 'scanMedia', {}),
};

/** More than are marked in one statement. */
const losses: Scenario = {
  name: 'losses',
  write: (folder) => writeFiles(join(folder, 'library/movies'), [...films(450, 'lost/'), 'kept.mp4']),
  prepare: (service, folder) => runJob(service, folder, 'scanMedia', {}),
  change: (folder) => rm(join(folder, 'library/movies/lost'), { recursive: true }),
  act: (service, folder) => runJob(service, folder, 'scanMedia', {}),
};

const purge: Scenario = {
  name: 'purge',
  write: losses.write,
  async prepare(service, folder) {
    await runJob(service, folder, 'scanMedia', {});
    await rm(join(folder, 'library/movies/lost'), { recursive: true });
    await runJob(service, folder, 'scanMedia', {});
  },
  async act(service) {
    const answer = await mutate(service, 'purgeMedia', { olderThan: '2100-01-01T00:00:00Z' });
    if (answer.code !== undefined) throw new Error(answer.message);
  },
};

const removal: Scenario = {
  name: 'delete',
  write: (folder) => writeFiles(join(folder, 'library/movies'), films(8)),
  prepare: (service, folder) => runJob(service, folder, 'scanMedia', {}),
  async act(service, folder, { acknowledged }: Client) {
    for (const [name, options] of deletions) {
      const [item] = readRows(folder, 'SELECT id FROM media_items WHERE relative_path = ?', name);
      if (item === undefined) continue; // removed before the service was killed
      const id = Number(item.id);
      const { __typename, message } = await mutate(service, 'deleteMedia', {
        id: encodePublicId('MediaItem', id),
        ...options,
      });
      if (__typename !== 'DeletedMedia') throw new Error(message);
      if (options.soft) acknowledged.push({ kind: 'hidden', id });
      else acknowledged.push({ kind: 'removed', id, path: `library/movies/${name}`, withFile: options.removeFile });
    }
  },
};

const deletions: [name: string, options: { soft: boolean; removeFile: boolean }][] = [
  ['film 0.mp4', { soft: true, removeFile: false }],
  ['film 1.mp4', { soft: false, removeFile: true }],
  ['film 2.mp4', { soft: true, removeFile: false }],
  ['film 3.mp4', { soft: false, removeFile: true }],
  ['film 4.mp4', { soft: false, removeFile: true }],
];

async function writePhotos(folder: string, count: number): Promise<void> {
  await mkdir(join(folder, 'library/photos'), { recursive: true });
  for (let index = 0; index < count; index++) {
    await drawNoise(1200, 1000, index)
      .jpeg()
      .toFile(join(folder, 'library/photos', `${index}.jpg`));
  }
}

const proxies: Scenario = {
  name: 'proxies',
  write: (folder) => writePhotos(folder, 6),
  prepare: (service, folder) => runJob(service, folder, 'scanMedia', {}),
  act: (service, folder) => runJob(service, folder, 'createImageProxies', {}),
};

const posters: Scenario = {
  name: 'posters',
  write: (folder) => writePhotos(folder, 4),
  prepare: (service, folder) => runJob(service, folder, 'scanMedia', {}),
  async act(service, folder) {
    for (const { id } of readRows(folder, 'SELECT id FROM media_items ORDER BY id')) {
      for (const picture of ['poster', 'thumbnail?size=small']) {
        const response = await service.fetch(`/media/${encodePublicId('MediaItem', Number(id))}/${picture}`);
        if (response.status !== 200) throw new Error(`a poster is answered with ${response.status}`);
        await response.arrayBuffer();
      }
    }
  },
};

/** The library of the earlier application, with an example of everything odd. */
async function writeLegacy(folder: string): Promise<void> {
  await mkdir(join(folder, 'legacy'));
  await writeOddLibrary(join(folder, 'legacy'));
}

const migrate: Scenario['act'] = (service, folder) =>
  runJob(service, folder, 'migrateLegacyDatabase', {
    legacyDbPath: join(folder, 'legacy/hikaze_mm.sqlite3'),
    legacyImagesDir: join(folder, 'legacy/media'),
    pathMappings: [{ from: 'd:/comfyui/models', to: join(folder, 'legacy/models') }],
  });

const migration: Scenario = { name: 'migration', write: writeLegacy, act: migrate };

const promotion: Scenario = {
  name: 'promotion',
  write: writeLegacy,
  async act(service, folder, client) {
    await migrate(service, folder, client);
    await runJob(service, folder, 'hashPendingModels', { conflictStrategy: 'OVERRIDE' });
    // Of two records of one id the second is taken over once the first has become a model record: without this, the end
    // would depend on how often the whole was done after a kill.
    await migrate(service, folder, client);
  },
};

export const scenarios: readonly Scenario[] = [
  firstStart,
  scan,
  shortcut,
  losses,
  purge,
  removal,
  bulk,
  uploads,
  copiedUploads,
  resumableUploads,
  proxies,
  posters,
  migration,
  promotion,
];
