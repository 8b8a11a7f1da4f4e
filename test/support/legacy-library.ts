import { createHash } from 'node:crypto';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import sharp from 'sharp';

/** As the earlier application wrote it. */
export const legacySchema = `
  CREATE TABLE schema_version(version INTEGER NOT NULL);
  INSERT INTO schema_version VALUES (2);
  CREATE TABLE directories(
    id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL UNIQUE, alias TEXT, parent_id INTEGER
  );
  CREATE TABLE models(
    id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL UNIQUE, name TEXT, type TEXT NOT NULL, size_bytes INTEGER,
    hash_hex TEXT NOT NULL, created_at INTEGER NOT NULL, meta_json TEXT, extra_json TEXT
  );
  CREATE TABLE tags(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, color TEXT, created_at INTEGER);
  CREATE TABLE model_tags(model_id INTEGER NOT NULL, tag_id INTEGER NOT NULL, PRIMARY KEY(model_id, tag_id));
`;

/** The same without its constraints: what a repaired or edited database may look like. */
export const looseSchema = `
  CREATE TABLE schema_version(version INTEGER);
  INSERT INTO schema_version VALUES (2);
  CREATE TABLE models(id INTEGER, path, name, type, size_bytes, hash_hex, created_at, meta_json, extra_json);
  CREATE TABLE tags(id INTEGER, name, color, created_at);
  CREATE TABLE model_tags(model_id, tag_id);
`;

interface LegacyModelRow {
  id: unknown;
  path: unknown;
  name?: unknown;
  type?: unknown;
  size_bytes?: unknown;
  hash_hex?: unknown;
  created_at?: unknown;
  meta_json?: unknown;
  extra_json?: unknown;
}

export interface LegacyContents {
  schema?: string;
  models?: readonly LegacyModelRow[];
  tags?: readonly (readonly [id: number, name: unknown])[];
  modelTags?: readonly (readonly [modelId: unknown, tagId: unknown])[];
}

/** Writes a legacy database in WAL mode, as the application left it. */
export function writeLegacyDatabase(path: string, contents: LegacyContents): void {
  const database = openLegacyDatabase(path, contents);
  database.close();
}

/** The same, still open: what was written last is in its write-ahead log. */
export function openLegacyDatabase(
  path: string,
  { schema = legacySchema, models = [], tags = [], modelTags = [] }: LegacyContents,
): SqliteDatabase.Database {
  const database = new SqliteDatabase(path);
  database.pragma('journal_mode = WAL');
  database.exec(schema);
  const insertModel = database.prepare(
    `INSERT INTO models (id, path, name, type, size_bytes, hash_hex, created_at, meta_json, extra_json)
    VALUES (@id, @path, @name, @type, @size_bytes, @hash_hex, @created_at, @meta_json, @extra_json)`,
  );
  const insertTag = database.prepare('INSERT INTO tags (id, name) VALUES (?, ?)');
  const insertLink = database.prepare('INSERT INTO model_tags (model_id, tag_id) VALUES (?, ?)');
  database.transaction(() => {
    for (const model of models) insertModel.run({ ...emptyModel, ...model });
    for (const tag of tags) insertTag.run(...tag);
    for (const link of modelTags) insertLink.run(...link);
  })();
  return database;
}

const emptyModel = {
  name: null,
  type: 'lora',
  size_bytes: 16,
  hash_hex: '',
  created_at: 1_757_000_000_000,
  meta_json: null,
  extra_json: null,
};

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** `extra_json` with these pictures. */
export function extraWith(images: readonly unknown[], rest: object = {}): string {
  return JSON.stringify({ description: 'as it was', ...rest, images });
}

export async function writePicture(path: string, { width = 60, height = 40, colour = '#3366cc' } = {}): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  await sharp({ create: { width, height, channels: 3, background: colour } }).toFile(path);
}

/** A legacy application's leftovers with an example of everything that can be odd about them, below a folder. */
export async function writeOddLibrary(folder: string): Promise<{ db: string; images: string; models: string }> {
  const db = join(folder, 'hikaze_mm.sqlite3');
  const images = join(folder, 'media');
  const models = join(folder, 'models');
  await mkdir(images, { recursive: true });
  await mkdir(join(models, 'loras'), { recursive: true });
  for (const name of ['first.png', 'second.jpg', 'pending a.png', 'Case.PNG', 'twin.png', 'TWIN.png']) {
    await writePicture(join(images, name));
  }
  await writeFile(join(images, 'damaged.png'), 'no picture at all');
  await writeFile(join(folder, 'secret.png'), 'outside');
  await symlink(join(folder, 'secret.png'), join(images, 'escape.png'));
  await writeFile(join(models, 'loras', 'pending.safetensors'), 'pending');
  await writeFile(join(models, 'loras', 'same.safetensors'), 'active');
  writeLegacyDatabase(db, {
    schema: looseSchema,
    tags: [
      [1, 'anime'],
      [2, 'photo'],
      [3, 'anime'],
      [-4, 'negative'],
      [5, 'with\0nul'],
      [6, 'unused'],
    ],
    models: oddModels(images),
    modelTags: [
      [1, 1],
      [1, 2],
      [2, 3],
      [3, 1],
      [4, 2],
      [1, 99],
      [999, 1],
      [1, 1],
      [4, -4],
      [null, 1],
    ],
  });
  return { db, images, models };
}

function oddModels(images: string): LegacyModelRow[] {
  const deep = `{"deep":${'['.repeat(5_000)}${']'.repeat(5_000)},"images":["first.png"]}`;
  return [
    {
      id: 1,
      path: windowsPath('active.safetensors'),
      name: 'Active',
      hash_hex: sha256Of('active'),
      meta_json: '{"header":1}',
      extra_json: extraWith(['/media/first.png', '/media/second.jpg', '/media/gone.png', '/media/damaged.png']),
    },
    {
      id: 2,
      path: windowsPath('copy-of-active.safetensors'),
      hash_hex: sha256Of('active').toUpperCase(),
      extra_json: extraWith(['/media/case.png', '/media/first.png']),
    },
    {
      id: 3,
      path: windowsPath('pending.safetensors'),
      name: 'Pending',
      extra_json: extraWith(['/media/pending a.png', '/media/TWiN.png']),
    },
    { id: 4, path: windowsPath('same.safetensors'), hash_hex: null, extra_json: extraWith(['/media/second.jpg']) },
    { id: 5, path: '/models/short.bin', hash_hex: 'abc123' },
    { id: 6, path: '/models/no-extra.bin', hash_hex: sha256Of('6'), extra_json: null },
    { id: 7, path: '/models/broken.bin', hash_hex: sha256Of('7'), extra_json: '{"images": [' },
    { id: 8, path: '/models/no-object.bin', hash_hex: sha256Of('8'), extra_json: '["first.png"]' },
    { id: 9, path: '/models/deep.bin', hash_hex: sha256Of('9'), extra_json: deep },
    {
      id: 10,
      path: '/models/huge.bin',
      hash_hex: sha256Of('10'),
      extra_json: extraWith(['/media/first.png'], { text: 'x'.repeat(2_000_000) }),
    },
    {
      id: 11,
      path: '/models/names.bin',
      hash_hex: sha256Of('11'),
      extra_json: extraWith([
        '../../etc/passwd',
        '/etc/passwd',
        'nul\0.png',
        'escape.png',
        `${images}/`,
        7,
        String.raw`C:\media\first.png`,
      ]),
    },
    { id: 12, path: '/models/images-no-list.bin', hash_hex: sha256Of('12'), extra_json: '{"images":"first.png"}' },
    { id: -13, path: '/models/negative.bin', hash_hex: sha256Of('13'), extra_json: extraWith(['first.png']) },
    { id: 14, path: null, hash_hex: '' },
    { id: 15, path: '/models/nul\0.bin', hash_hex: '' },
    {
      id: 16,
      path: '/models/times.bin',
      hash_hex: '',
      created_at: 'yesterday',
      size_bytes: -5,
      name: Buffer.from('blob'),
    },
    { id: 17, path: '/models/no-extra.bin', hash_hex: '' },
    { id: 18, path: '/models/no-extra.bin', hash_hex: '' },
    { id: 3, path: '/models/same-id.bin', hash_hex: '' },
    {
      id: 20,
      path: '/models/\u0000'.slice(0, -1) + 'unicode-ü.bin',
      hash_hex: '',
      extra_json: '{"note":"\\u0000","images":[]}',
    },
  ];
}

function windowsPath(name: string): string {
  return `${String.raw`D:\ComfyUI\models\loras`}\\${name}`;
}
