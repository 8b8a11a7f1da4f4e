import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { backUp, type BackedUpPaths } from '../../../src/library/backup/back-up.ts';
import { restore } from '../../../src/library/backup/restore.ts';
import type { Database } from '../../../src/base/database/database.ts';
import { openDatabase } from '../../../src/base/database/open-database.ts';

export function placesIn(folder: string): BackedUpPaths {
  return {
    dataDir: join(folder, 'data'),
    logDir: join(folder, 'logs'),
    databaseUrl: `file:${join(folder, 'data/catalogue.db')}`,
    mediaConfigPath: join(folder, 'config/watch_media_dirs.yml'),
  };
}

/** Writes a library of the given number of models, each with one picture, and as many pending imports with one each. */
export async function writeLibrary(folder: string, name: string, count: number): Promise<void> {
  const { dataDir, logDir, databaseUrl, mediaConfigPath } = placesIn(folder);
  await writeText(mediaConfigPath, `# of ${name}\n`);
  await writeText(join(logDir, 'media_deletions.log'), `{"of":"${name}"}\n`);
  const database = await openDatabase(databaseUrl);
  try {
    await database.prisma.systemSetting.create({ data: { key: 'library', value: name } });
    for (let index = 0; index < count; index++) {
      await addModel(database, dataDir, `${name} ${index}`);
      await addPending(database, dataDir, index + 1, name);
    }
    await addProxy(database, dataDir, name);
  } finally {
    await database.close();
  }
}

export async function addModel(database: Database, dataDir: string, name: string): Promise<void> {
  const sha256 = createHash('sha256').update(name).digest('hex');
  const data = { sha256, path: `/models/${name}`, createdAt: new Date(), meta: {}, searchText: '' };
  for (const tier of ['high', 'medium', 'low']) {
    await writeText(join(dataDir, 'images', `${sha256}_0_${tier}.webp`), `${name} ${tier}`);
  }
  await database.prisma.model.create({ data: { ...data, images: { create: { seq: 0, source: 'a.png' } } } });
}

export async function addPending(database: Database, dataDir: string, id: number, of: string): Promise<void> {
  const name = `${id}_0_${of}_ü.png`;
  await writeText(join(dataDir, 'images/pending', name), `pending ${name}`);
  const row = { id, path: `/p/${of}/${id}`, legacyPath: `${id}`, createdAt: new Date(), meta: {}, searchText: '' };
  await database.prisma.pendingImport.create({
    data: { ...row, stem: of, images: { create: { seq: 0, name, source: 's' } } },
  });
}

async function addProxy(database: Database, dataDir: string, name: string): Promise<void> {
  const bytes = randomBytes(1000);
  await writeText(join(dataDir, 'proxy_image', `${name}.webp`), bytes);
  await database.prisma.imageProxy.create({
    data: {
      profile: 'default',
      filename: `${name}.webp`,
      format: 'webp',
      width: 1,
      height: 1,
      sizeBytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      sourceSignature: '',
      originalWidth: 1,
      originalHeight: 1,
      originalSizeBytes: 1,
      wasResized: true,
      targetDimension: 1,
      createdAt: new Date(),
    },
  });
}

export interface LibraryState {
  name: unknown;
  config: string;
  log: string;
  /** Of the files below `images` and `proxy_image`, by their paths. */
  files: Record<string, string>;
  /** Names of pictures that rows tell of. */
  pictures: string[];
}

/** What a start of the service would find. Opening the database finishes what a restore decided. */
export async function readLibrary(folder: string): Promise<LibraryState> {
  const { dataDir, logDir, databaseUrl, mediaConfigPath } = placesIn(folder);
  const database = await openDatabase(databaseUrl);
  try {
    const { prisma } = database;
    const setting = await prisma.systemSetting.findUnique({ where: { key: 'library' } });
    const images = await prisma.modelImage.findMany();
    const pending = await prisma.pendingImage.findMany();
    return {
      name: setting?.value,
      config: await readText(mediaConfigPath),
      log: await readText(join(logDir, 'media_deletions.log')),
      files: { ...(await readFolder(join(dataDir, 'images'))), ...(await readFolder(join(dataDir, 'proxy_image'))) },
      pictures: [
        ...images.flatMap(({ sha256, seq }) =>
          ['high', 'low', 'medium'].map((tier) => `images/${sha256}_${seq}_${tier}.webp`),
        ),
        ...pending.map(({ name }) => `images/pending/${name}`),
      ].sort(),
    };
  } finally {
    await database.close();
  }
}

type Options = Partial<Parameters<typeof backUp>[0] & Parameters<typeof restore>[0]>;
const signal = AbortSignal.any([]);

export const backUpLibrary = (folder: string, path: string, options: Options = {}) =>
  backUp({ ...placesIn(folder), path, force: false, withProxies: false, signal, ...options });

export const restoreLibrary = (folder: string, path: string, options: Options = {}) =>
  restore({ ...placesIn(folder), path, force: false, keepConfig: false, signal, ...options });

async function readFolder(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = await Promise.all(
    files.map(async (path) => [path.slice(dirname(folder).length + 1), (await readFile(path)).toString('base64')]),
  );
  return Object.fromEntries(contents.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1))) as Record<string, string>;
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => 'none');
}

async function writeText(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}
