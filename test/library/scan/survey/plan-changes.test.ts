import { describe, expect, it } from 'vitest';
import type { CataloguedFile } from '../../../../src/library/scan/sql/read-catalogued.ts';
import type { MediaStatus } from '../../../../src/library/catalogue/sql/shelves.ts';
import { planChanges } from '../../../../src/library/scan/survey/plan-changes.ts';
import { comparePaths } from '../../../../src/library/scan/walk/path-order.ts';
import type { WalkBatch } from '../../../../src/library/scan/walk/walk-batch.ts';
import { seededRandom } from '../../../support/seeded-random.ts';

const shelfIds: Record<MediaStatus, number> = { AVAILABLE: 1, MISSING: 2, DELETED: 3 };
const statuses: MediaStatus[] = ['AVAILABLE', 'MISSING', 'DELETED'];

describe('A plan of changes', () => {
  it('adds what is new, updates what changed or came back, and finds out what is lost', async () => {
    const plan = await planOf(
      [
        ['b', 'changed'],
        ['c', 'same'],
        ['d', 'same'],
        ['e', 'same'],
        ['new', 'x'],
      ],
      [
        ['a', 'same', 'AVAILABLE'],
        ['b', 'same', 'AVAILABLE'],
        ['c', 'same', 'AVAILABLE'],
        ['d', 'same', 'MISSING'],
        ['e', 'old', 'DELETED'],
        ['z', 'same', 'AVAILABLE'],
      ],
    );
    expect(plan).toEqual({ added: ['new'], updated: ['b', 'd'], unchanged: 2, lost: ['a', 'z'] });
  });

  it('leaves alone what is deleted or missing already and is not on the disk', async () => {
    const plan = await planOf(
      [],
      [
        ['a', 's', 'DELETED'],
        ['b', 's', 'MISSING'],
      ],
    );
    expect(plan).toEqual({ added: [], updated: [], unchanged: 0, lost: [] });
  });

  it('describes everything again when the rules changed, but not what is deleted', async () => {
    const files: [string, string][] = [
      ['a', 's'],
      ['b', 's'],
    ];
    const plan = await planOf(
      files,
      [
        ['a', 's', 'AVAILABLE'],
        ['b', 's', 'DELETED'],
      ],
      { describeAgain: true },
    );
    expect(plan).toEqual({ added: [], updated: ['a'], unchanged: 1, lost: [] });
  });

  it('takes nothing for lost that lies at or below a place that could not be read', async () => {
    const items = ['dir', 'dir-other', 'dir/a', 'dir/b/c', 'other', 'top'].map((path): Item => [
      path,
      's',
      'AVAILABLE',
    ]);
    const plan = await planOf([['top', 's']], items, { errors: ['dir', 'other'] });
    expect(plan).toEqual({ added: [], updated: [], unchanged: 1, lost: ['dir-other'] });
  });

  it('takes nothing at all for lost when the root itself could not be read', async () => {
    const plan = await planOf([], [['a', 's', 'AVAILABLE']], { errors: [''] });
    expect(plan.lost).toEqual([]);
  });

  it('agrees with a comparison by sets on random trees, whatever the sizes of batches and pages', async () => {
    const random = seededRandom(42);
    for (let round = 0; round < 200; round++) {
      const paths = Array.from({ length: Math.floor(random() * 40) }, () => randomPath(random));
      const unique = [...new Set(paths)].sort(comparePaths);
      const files = unique
        .filter(() => random() < 0.6)
        .map((path): [string, string] => [path, random() < 0.8 ? 's' : 't']);
      const items = unique
        .filter(() => random() < 0.6)
        .map((path): Item => [path, 's', statuses[Math.floor(random() * 3)] as MediaStatus]);
      const known = new Map(items.map((item) => [item[0], item]));
      const onDisk = new Set(files.map(([path]) => path));
      const statusOf = (path: string) => known.get(path)?.[2];
      const plan = await planOf(files, items, { batchSize: 1 + Math.floor(random() * 7) });
      expect(plan).toEqual({
        added: files.filter(([path]) => !known.has(path)).map(([path]) => path),
        updated: files
          .filter(
            ([path, signature]) =>
              statusOf(path) === 'MISSING' || (statusOf(path) === 'AVAILABLE' && signature !== 's'),
          )
          .map(([path]) => path),
        unchanged: files.filter(
          ([path, signature]) => statusOf(path) === 'DELETED' || (statusOf(path) === 'AVAILABLE' && signature === 's'),
        ).length,
        lost: items.filter(([path, , status]) => status === 'AVAILABLE' && !onDisk.has(path)).map(([path]) => path),
      });
    }
  });
});

type Item = [path: string, signature: string, status: MediaStatus];

interface Options {
  errors?: string[];
  batchSize?: number;
  describeAgain?: boolean;
  isPassedBy?: (relativePath: string) => boolean;
}

async function planOf(
  files: [string, string][],
  items: Item[],
  { errors = [], batchSize = 3, describeAgain = false, isPassedBy = () => false }: Options = {},
) {
  const rules = { statusOf: (id: number) => statuses[id - 1] as MediaStatus, describeAgain, isPassedBy };
  const plan = { added: [] as string[], updated: [] as string[], unchanged: 0, lost: [] as string[] };
  for await (const part of planChanges(walk(files, errors, batchSize), pages(items, batchSize), rules)) {
    plan.added.push(...part.added.map((file) => file.relativePath));
    plan.updated.push(...part.updated.map(({ file }) => file.relativePath));
    plan.unchanged += part.unchanged;
    plan.lost.push(...part.lost.map((item) => item.relativePath));
  }
  return plan;
}

const noFolders = { unchanged: [], lookedAt: [] };

async function* walk(files: [string, string][], errors: string[], batchSize: number): AsyncGenerator<WalkBatch> {
  const walkErrors = errors.map((relativePath) => ({
    code: 'UNREADABLE_FOLDER' as const,
    kind: 'folder' as const,
    path: relativePath,
    relativePath,
    message: '',
  }));
  if (files.length === 0) yield { files: [], errors: walkErrors, folders: noFolders };
  for (let start = 0; start < files.length; start += batchSize) {
    const batch = files.slice(start, start + batchSize);
    yield {
      files: batch.map(([relativePath, signature]) => ({ relativePath, signature, sizeBytes: 1, modifiedAtMs: 1 })),
      errors: start === 0 ? walkErrors : [],
      folders: noFolders,
    };
  }
}

async function* pages(items: Item[], size: number): AsyncGenerator<CataloguedFile[]> {
  for (let start = 0; start < items.length; start += size) {
    yield items.slice(start, start + size).map(([relativePath, signature, status], index) => ({
      id: start + index + 1,
      relativePath,
      signature,
      shelfId: shelfIds[status],
    }));
  }
}

function randomPath(random: () => number): string {
  const alphabet = ['a', 'b', '-', '.', 'é', '\u{1F600}', '\uFFEE'];
  const name = () =>
    Array.from({ length: 1 + Math.floor(random() * 2) }, () => alphabet[Math.floor(random() * alphabet.length)]).join(
      '',
    );
  return Array.from({ length: 1 + Math.floor(random() * 3) }, name).join('/');
}
