import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { expect, it } from 'vitest';
import { createLegacyReader } from '../../../src/library/legacy/legacy-source.ts';
import { readLegacyPage } from '../../../src/library/legacy/read-legacy-page.task.ts';
import { extraWith, openLegacyDatabase, writeLegacyDatabase } from '../../support/legacy-library.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function openReader(path: string) {
  const pool = {
    threads: 1,
    run: async (_name: string, input: Parameters<typeof readLegacyPage>[0]) => readLegacyPage(input),
  };
  return createLegacyReader({ pool, path, pathMappings: [], signal: new AbortController().signal });
}

it('reads fewer rows at a time where they are large, and misses none', async () => {
  const path = join(await temporaryFolder(), 'legacy.sqlite3');
  const megabyte = 1024 * 1024;
  const models = Array.from({ length: 20 }, (_, n) => ({
    id: n + 1,
    path: `/m/${n}.bin`,
    meta_json: 'm'.repeat(megabyte),
    extra_json: extraWith([`${n}.png`], { text: 'x'.repeat(megabyte - 1_000) }),
  }));
  writeLegacyDatabase(path, { models });
  const read = openReader(path);
  const counts = [];
  for await (const { rows, pending } of read('models')) {
    expect(pending.rows.length).toBeLessThan(16 * megabyte);
    counts.push(rows);
  }
  expect(counts).toEqual([5, 5, 5, 5]);
  const pictures = [];
  for await (const page of read('pictures')) pictures.push(...page.models.map(({ legacyId }) => legacyId));
  expect(pictures).toEqual(models.map(({ id }) => id));
});

it('misses no row at either end of the numbers that rows can have', async () => {
  const path = join(await temporaryFolder(), 'legacy.sqlite3');
  const ids = [-(2n ** 63n), -(2n ** 63n) + 1n, 2n ** 63n - 2n, 2n ** 63n - 1n];
  const legacy = openLegacyDatabase(path, { models: ids.map((id) => ({ id, path: `/m/${id}.bin` })) });
  for (const id of ids) legacy.prepare('INSERT INTO tags (id, name) VALUES (?, ?)').run(id, `tag ${id}`);
  for (const id of ids)
    legacy.prepare('INSERT INTO model_tags (rowid, model_id, tag_id) VALUES (?, ?, ?)').run(id, id, id);
  legacy.close();
  for (const table of ['tags', 'models', 'modelTags', 'pictures', 'paths'] as const) {
    let after = '-1e19';
    const seen = [];
    for (let left = 10; left > 0; left -= 1) {
      const page = readLegacyPage({ path, table, after, limit: 1, pathMappings: [], tagAliases: [] });
      if (page.rows === 0) break;
      seen.push((after = page.lastRowid));
    }
    expect(seen).toEqual(ids.map(String));
    let rows = 0;
    for await (const page of openReader(path)(table)) rows += page.rows;
    expect(rows).toBe(ids.length);
  }
});

it.each(['UTF-16le', 'UTF-16be'])('reads a database in %s as it would in UTF-8', async (encoding) => {
  const models = [
    { id: 1, path: '/m/モデル.bin', name: 'モデル 📦', hash_hex: 'a'.repeat(64) },
    { id: 2, path: `/m/${'x'.repeat(4090)}.bin`, hash_hex: 'B'.repeat(64), meta_json: 'm'.repeat(1024 * 1024) },
    { id: 3, path: '/m/3.bin', hash_hex: 'c'.repeat(65) },
    { id: 4, path: '/m/4.bin', extra_json: extraWith(['4.png'], { text: 'x'.repeat(1024 * 1024 - 1_000) }) },
    { id: 5, path: '/m/5.bin', extra_json: extraWith(['5.png'], { text: 'x'.repeat(1024 * 1024) }) },
    { id: 6, path: '/m/6.bin', name: Buffer.alloc(4_000), extra_json: Buffer.from(extraWith(['6.png'])) },
  ];
  const contents = { models, tags: [[1, 't'.repeat(60)]] as const, modelTags: [[1, 1]] as const };
  const pages = [];
  for (const name of ['UTF-8', encoding]) {
    const path = join(await temporaryFolder(), 'legacy.sqlite3');
    const database = new SqliteDatabase(path);
    database.pragma(`encoding = '${name}'`);
    database.exec('CREATE TABLE fixed (encoding)');
    database.close();
    writeLegacyDatabase(path, contents);
    const read = (['tags', 'models', 'modelTags', 'pictures', 'paths'] as const).map((table) =>
      readLegacyPage({ path, table, after: '-1e19', limit: 100, pathMappings: [], tagAliases: [] }),
    );
    pages.push(read);
  }
  expect(pages[1]).toEqual(pages[0]);
  expect(JSON.stringify(pages[1])).toContain('a'.repeat(64));
});
