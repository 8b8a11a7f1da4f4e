import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createLegacyReader } from '../../src/legacy/legacy-source.ts';
import { readLegacyPage } from '../../src/legacy/read-legacy-page.task.ts';
import { extraWith, writeLegacyDatabase } from '../support/legacy-library.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

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
  const pool = {
    threads: 1,
    run: async (_name: string, input: Parameters<typeof readLegacyPage>[0]) => readLegacyPage(input),
  };
  const { signal } = new AbortController();
  const read = createLegacyReader({ pool, path, pathMappings: [], signal });
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
