import { setImmediate } from 'node:timers/promises';
import type { Database } from '../../base/database/database.ts';
import {
  findModelOrigins,
  findModelTagOrphans,
  findPendingModelTagOrphans,
  findPendingRivals,
  findTagRivals,
  moveModels,
  movePendingImports,
  storeModels,
  storeModelTags,
  storePendingImports,
  storePendingModelTags,
  storeSettledTags,
  storeTags,
  type MovedModel,
  type MovedPending,
} from './sql/store-imports.ts';
import type { ReadLegacyTable } from './legacy-source.ts';
import type { TagAliases } from './legacy-page.ts';
import type { MigrationLedger } from './migration-report.ts';
import type { LinkRows } from './read-link-page.ts';
import type { RecordRows } from './read-model-page.ts';
import type { TagPage } from './read-tag-page.ts';

export interface ImportContext {
  database: Database;
  read: ReadLegacyTable;
  ledger: MigrationLedger;
  /** Called with the number of rows or pictures that are done, whatever became of them. */
  onDone(count: number, currentItem: string): void;
}

/**
 * Takes over the tags. Returns those that have another id here, as a tag with their name was here, and null for those that
 * are not here because another tag has their id.
 */
export async function importTags({ database, read, ledger, onDone }: ImportContext): Promise<TagAliases> {
  const aliases = new Map<number, number | null>();
  for await (const page of read('tags')) {
    const migrated = await storeTags(database, page.tags);
    for (const issue of page.errors) ledger.fail('tags', issue);
    const present = migrated === page.count ? 0 : await explainTags(database, page, migrated, ledger, aliases);
    ledger.count('tags', 'migrated', migrated);
    ledger.count('tags', 'alreadyPresent', present);
    onDone(page.rows, 'tags');
    await setImmediate();
  }
  return aliases;
}

/** Reports the tags that are not here under their ids; returns how many of the others were here before. */
async function explainTags(
  database: Database,
  { tags, count }: TagPage,
  migrated: number,
  ledger: MigrationLedger,
  aliases: Map<number, number | null>,
): Promise<number> {
  const names = new Map(JSON.parse(tags) as [number, string][]);
  let others = 0;
  for (const { id, nameOfId, idOfName } of await findTagRivals(database, tags)) {
    if (nameOfId === names.get(id)) continue;
    others += 1;
    const item = `tags/${id}`;
    if (idOfName !== null) {
      aliases.set(id, idOfName);
      const message = `The tag ${idOfName} has its name; whatever has the one gets the other.`;
      ledger.skip('tags', { item, code: 'DUPLICATE_TAG_NAME', message });
    } else {
      aliases.set(id, null);
      const message = `Its id belongs to the tag "${String(nameOfId)}" here.`;
      ledger.fail('tags', { item, code: 'TAG_ID_TAKEN', message });
    }
  }
  return count - migrated - others;
}

/** Takes over models and records that wait for their hashes; returns how many pictures they name. */
export async function importModels({ database, read, ledger, onDone }: ImportContext): Promise<number> {
  let pictures = 0;
  for await (const { rows, models, pending, notes, pictures: named } of read('models')) {
    await importHashed(database, models, ledger);
    await importPending(database, pending, ledger);
    for (const issue of notes) ledger.note(issue);
    pictures += named;
    onDone(rows, 'models');
    await setImmediate();
  }
  return pictures;
}

/** `[sha256, path, legacyPath, …, searchText, legacyId]`, see `ModelPage`. */
type ModelRow = [string, string, string, ...unknown[]];
/** `[id, path, legacyPath, …, searchText, stem]`. */
type PendingRow = [number, string, string, ...unknown[]];
const searchTextIndex = 9;
const lastIndex = 10;

async function importHashed(database: Database, { rows, count, errors }: RecordRows, ledger: MigrationLedger) {
  for (const issue of errors) ledger.fail('models', issue);
  const migrated = count === 0 ? 0 : await storeModels(database, rows);
  let duplicates = 0;
  if (migrated < count) {
    const models = JSON.parse(rows) as ModelRow[];
    const origins = await findModelOrigins(
      database,
      models.map(([sha256]) => sha256),
    );
    const moved: MovedModel[] = [];
    for (const model of models) {
      const [sha256, path, legacyPath] = model;
      const origin = origins.get(sha256);
      if (origin?.legacyPath === legacyPath) {
        if (isMappedAnew(model, origin.path)) moved.push({ sha256, path, searchText: String(model[searchTextIndex]) });
        continue;
      }
      duplicates += 1;
      const message = `Another model record has its hash ${sha256}; its tags and pictures join those of that one.`;
      ledger.skip('models', { item: `models/${String(model[lastIndex])}`, code: 'DUPLICATE_HASH', message, sha256 });
    }
    if (moved.length > 0) await moveModels(database, moved);
  }
  ledger.count('models', 'migrated', migrated);
  ledger.count('models', 'alreadyPresent', count - migrated - duplicates);
}

async function importPending(database: Database, { rows, count, errors }: RecordRows, ledger: MigrationLedger) {
  for (const issue of errors) ledger.fail('pendingImports', issue);
  const migrated = count === 0 ? 0 : await storePendingImports(database, rows);
  let others = 0;
  if (migrated < count) {
    const rivals = await findPendingRivals(database, rows);
    const moved = new Map<string, MovedPending>();
    for (const [index, pending] of (JSON.parse(rows) as PendingRow[]).entries()) {
      const [id, path, legacyPath] = pending;
      const item = `models/${id}`;
      const rival = rivals[index];
      if (rival === undefined || rival.isSettled) continue;
      if (rival.legacyPathOfId === legacyPath) {
        if (!isMappedAnew(pending, rival.pathOfId)) continue;
        const isFree = rival.idOfPath === null && rival.settledOfPath === null && !moved.has(path);
        if (isFree) {
          moved.set(path, { id, path, searchText: String(pending[searchTextIndex]), stem: String(pending[lastIndex]) });
        } else {
          const message = `Another record has or had the path ${path}; this one stays at ${String(rival.pathOfId)}.`;
          ledger.note({ item, code: 'DUPLICATE_PATH', message });
        }
        continue;
      }
      others += 1;
      if (rival.idOfPath !== null) {
        const message = `The pending import ${rival.idOfPath} has the path ${path} already.`;
        ledger.skip('pendingImports', { item, code: 'DUPLICATE_PATH', message });
      } else if (rival.settledOfPath !== null) {
        const message = `The pending import of ${rival.settledOfPath}, which is settled, had the path ${path}.`;
        ledger.skip('pendingImports', { item, code: 'DUPLICATE_PATH', message });
      } else {
        const message = `Its id belongs to the pending import of ${String(rival.legacyPathOfId)} here.`;
        ledger.fail('pendingImports', { item, code: 'PENDING_ID_TAKEN', message });
      }
    }
    if (moved.size > 0) await movePendingImports(database, [...moved.values()]);
  }
  ledger.count('pendingImports', 'migrated', migrated);
  ledger.count('pendingImports', 'alreadyPresent', count - migrated - others);
}

/** Whether a mapping gives the record another path than it has; a run without one leaves those of an earlier run. */
function isMappedAnew([, path, legacyPath]: ModelRow | PendingRow, present: string | null): boolean {
  return path !== legacyPath && path !== present;
}

/** Takes over both kinds of links between models and tags. */
export async function importLinks(
  { database, read, ledger, onDone }: ImportContext,
  tagAliases: TagAliases,
): Promise<void> {
  for await (const page of read('modelTags', tagAliases)) {
    await importLinkRows(page.modelTags, 'modelTags', {
      ledger,
      store: (rows) => storeModelTags(database, rows),
      findOrphans: (rows) => findModelTagOrphans(database, rows),
    });
    await importLinkRows(page.pendingModelTags, 'pendingModelTags', {
      ledger,
      async store(rows) {
        const stored = await storePendingModelTags(database, rows);
        return stored === page.pendingModelTags.count ? stored : stored + (await storeSettledTags(database, rows));
      },
      findOrphans: (rows) => findPendingModelTagOrphans(database, rows),
    });
    onDone(page.rows, 'tags of models');
    await setImmediate();
  }
}

interface LinkStatements {
  ledger: MigrationLedger;
  store(rows: string): Promise<number>;
  findOrphans(rows: string): Promise<number[]>;
}

async function importLinkRows(
  { rows, count, items, orphans: known }: LinkRows,
  kind: 'modelTags' | 'pendingModelTags',
  { ledger, store, findOrphans }: LinkStatements,
): Promise<void> {
  for (const item of known) ledger.skip(kind, orphan(item));
  const migrated = count === 0 ? 0 : await store(rows);
  const orphans = migrated === count ? [] : await findOrphans(rows);
  for (const index of orphans) ledger.skip(kind, orphan(items[index] ?? ''));
  ledger.count(kind, 'migrated', migrated);
  ledger.count(kind, 'alreadyPresent', count - migrated - orphans.length);
}

function orphan(item: string) {
  return { item, code: 'ORPHAN_TAG_LINK', message: 'Its model or its tag was not taken over.' };
}
