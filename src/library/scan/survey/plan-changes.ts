import type { CataloguedFile } from '../sql/read-catalogued.ts';
import type { MediaStatus } from '../../catalogue/sql/shelves.ts';
import type { ScannedFile } from '../../metadata/describe-file.ts';
import { comparePaths } from '../walk/path-order.ts';
import { contentKeyOf, fileOfSignature } from '../../metadata/signature.ts';
import { createUnknownPaths } from './unknown-paths.ts';
import type { WalkBatch } from '../walk/walk-batch.ts';
import type { WalkError } from '../walk/walk-entries.ts';

/** The changes in one stretch of a walk, in path order. */
export interface PlannedChanges {
  /** Files without an item. */
  added: ScannedFile[];
  /** Files whose item differs, or has to be described by other rules, or was missing and comes back. */
  updated: UpdatedFile[];
  unchanged: number;
  /** Available items without a file. They are lost only if the walk turns out to be complete. */
  lost: LostItem[];
  errors: WalkError[];
}

export interface UpdatedFile {
  file: ScannedFile;
  item: Pick<CataloguedFile, 'id' | 'signature'>;
  /** Whether other bytes lie at the item's path: its own file may be elsewhere. */
  isReplaced: boolean;
}

export interface LostItem {
  id: number;
  relativePath: string;
  signature: string;
}

export interface PlanRules {
  statusOf(shelfId: number): MediaStatus;
  /** Whether the category's rules for describing files changed since they were catalogued. */
  describeAgain: boolean;
  /** Whether the file is unchanged, though the walk did not report it. */
  isPassedBy(relativePath: string): boolean;
}

/**
 * Compares what lies on the disk with what is catalogued: merges two sequences in path order, and reads or writes nothing
 * itself. Deleted items are left out: nothing is done to them whether their file is there or not.
 */
export async function* planChanges(
  walked: AsyncIterable<WalkBatch>,
  catalogued: AsyncIterable<CataloguedFile[]>,
  rules: PlanRules,
): AsyncGenerator<PlannedChanges> {
  const items = createCursor(catalogued);
  const unknown = createUnknownPaths();
  let stretch = emptyStretch();

  const passOver = (item: CataloguedFile) => {
    const status = rules.statusOf(item.shelfId);
    if (status === 'MISSING') return;
    if (unknown.has(item.relativePath)) {
      // Where the whole root could not be looked at, nothing is updated.
      if (status === 'AVAILABLE' && rules.describeAgain && !unknown.has('')) describeUnseen(item);
    } else if (rules.isPassedBy(item.relativePath)) stretch.unchanged += 1;
    else if (status === 'AVAILABLE') {
      stretch.lost.push({ id: item.id, relativePath: item.relativePath, signature: item.signature });
    }
  };
  /** Describes an item by the new rules without looking at its file. */
  const describeUnseen = (item: CataloguedFile) => {
    const file = fileOfSignature(item.relativePath, item.signature);
    const { sidecarSignature = null } = item;
    if (file !== null)
      stretch.updated.push({
        file: { ...file, ...(sidecarSignature !== null && { sidecarSignature }) },
        item: { id: item.id, signature: item.signature },
        isReplaced: false,
      });
  };
  const compare = (file: ScannedFile, item: CataloguedFile) => {
    const status = rules.statusOf(item.shelfId);
    const hasSameSidecar = (item.sidecarSignature ?? null) === (file.sidecarSignature ?? null);
    const isSame =
      status === 'AVAILABLE' && item.signature === file.signature && hasSameSidecar && !rules.describeAgain;
    if (isSame || status === 'DELETED') stretch.unchanged += 1;
    else {
      const isReplaced = contentKeyOf(item.signature) !== contentKeyOf(file.signature);
      stretch.updated.push({ file, item: { id: item.id, signature: item.signature }, isReplaced });
    }
  };

  for await (const { files, errors } of walked) {
    stretch.errors = errors;
    for (const error of errors) unknown.add(error);
    for (const file of files) {
      let order = -1;
      for (;;) {
        const item = items.current ?? (await items.load());
        if (item === null) break;
        order = comparePaths(item.relativePath, file.relativePath);
        if (order > 0) break;
        items.advance();
        if (order === 0) {
          compare(file, item);
          break;
        }
        passOver(item);
      }
      if (order !== 0) stretch.added.push(file);
    }
    yield stretch;
    stretch = emptyStretch();
  }
  for (let item = await items.load(); item !== null; item = items.current ?? (await items.load())) {
    passOver(item);
    items.advance();
  }
  yield stretch;
}

interface Cursor {
  /** The next item of the page in memory; null at its end, when `load` returns the next one, if any. */
  readonly current: CataloguedFile | null;
  load(): Promise<CataloguedFile | null>;
  advance(): void;
}

/**
 * Reads pages one item at a time. Only the turn of a page is asynchronous: a promise an item would cost more than the
 * rest.
 */
function createCursor(pages: AsyncIterable<CataloguedFile[]>): Cursor {
  const source = pages[Symbol.asyncIterator]();
  let page: CataloguedFile[] = [];
  let index = 0;
  return {
    get current() {
      return page[index] ?? null;
    },
    async load() {
      while (index >= page.length) {
        const next = await source.next();
        if (next.done) return null;
        page = next.value;
        index = 0;
      }
      return page[index] ?? null;
    },
    advance() {
      index += 1;
    },
  };
}

function emptyStretch(): PlannedChanges {
  return { added: [], updated: [], unchanged: 0, lost: [], errors: [] };
}
