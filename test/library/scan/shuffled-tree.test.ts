import { expect, it } from 'vitest';
import type { Database } from '../../../src/base/database/database.ts';
import { categoryOf } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { openScanLibrary } from '../../support/scan-library.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { expectedItems, type ModelItem } from './catalogue-model.ts';
import { createShuffledTree } from './shuffled-tree.ts';

describeOnEachDatabase('A tree that is shuffled at random', (open, provider) => {
  const rounds = provider === 'sqlite' ? 100 : 25;

  it.each([
    { how: 'every file looked at', shortcut: null },
    { how: 'past unchanged folders', shortcut: { fullEveryMs: 3_600_000, settledMs: 20 } },
  ])(`is catalogued as a model says, ${rounds} times in a row, $how`, async ({ shortcut }) => {
    const database = await open();
    const root = await temporaryFolder();
    const library = await openScanLibrary(database, [categoryOf({ key: 'photos', rootPath: root })], { shortcut });
    const random = seededRandom(8);
    const tree = createShuffledTree(root, random, { replacesFiles: shortcut !== null });
    let items: ModelItem[] = [];
    let moved = 0;
    let passedBy = 0;
    for (let round = 0; round < rounds; round++) {
      for (let change = random() * 8; change > 0; change--) await tree.change();
      const expected = expectedItems(items, tree.files);
      const { only } = await library.scan();
      await library.probe();
      items = await readItems(database, expected);
      expect(sorted(items), `round ${round}`).toEqual(sorted(expected));
      moved += only.moved;
      passedBy += only.notes.filter((note) => note.includes('have not changed')).length;
    }
    expect(moved).toBeGreaterThan(rounds / 2);
    expect(passedBy > 0).toBe(shortcut !== null);
  });
});

/** The items as they are, with new ones under the id 0 where the model expects one there. */
async function readItems(database: Database, expected: ModelItem[]): Promise<ModelItem[]> {
  const rows = await database.prisma.mediaItem.findMany({ include: { shelf: true } });
  const byPath = new Map(expected.map((item) => [item.path, item]));
  return rows.map(({ id, relativePath, shelf }) => {
    const model = byPath.get(relativePath);
    if (model?.id === 0) model.id = id;
    return {
      id,
      path: relativePath,
      content: model?.content ?? 'nothing that the model knows',
      status: shelf.status as ModelItem['status'],
    };
  });
}

function sorted(items: readonly ModelItem[]): ModelItem[] {
  return [...items].sort((a, b) => (a.path < b.path ? -1 : 1));
}
