import { findInOrder, type KeysetPage, type PageRequest, toKeysetPage } from '../../base/paging.ts';
import { isStorableText } from '../../base/text.ts';
import type { Database, Prisma } from '../../base/database/database.ts';
import {
  countModels,
  countPendingImports,
  findModels,
  findModelsOfPaths,
  listModels,
  listModelTypes,
  listPendingImports,
  type ModelRecord,
  type PendingRecord,
} from './sql/list-models.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { foldText } from '../metadata/fold-text.ts';
import { decodeModelCursor, decodePendingCursor, encodeModelCursor, encodePendingCursor } from './model-cursor.ts';
import { newestFirst, type ModelOrder } from './model-order.ts';
import type { ModelChanges } from './model-changes.ts';
import { ModelNotFoundError } from './model-errors.ts';
import { updateModel } from './update-model.ts';
import { createTagsAndImages, type TagRecord, type TagsAndImages } from './tags-and-images.ts';

interface ModelFilter {
  search?: string | null | undefined;
  tagIds?: readonly number[] | null | undefined;
  type?: string | null | undefined;
}

interface PendingFilter {
  search?: string | null | undefined;
  /** Whether they remember their hash; left out: all. */
  isHashed?: boolean | null | undefined;
}

type CountedPage<T> = KeysetPage<T> & { totalCount(): Promise<number> };

/** Model records, records that wait for their hashes, and tags. */
export interface Models extends TagsAndImages {
  /** Lists the newest first, or in that order. Throws InvalidInputError for an invalid cursor or search term. */
  list(filter: ModelFilter, page: PageRequest, order?: ModelOrder): Promise<CountedPage<ModelRecord>>;
  /** Changes what people say of a model. Throws ModelNotFoundError and InvalidInputError. */
  update(sha256: string, changes: ModelChanges): Promise<ModelRecord>;
  listPending(filter: PendingFilter, page: PageRequest): Promise<CountedPage<PendingRecord>>;
  /** The tags whose names contain the term, in the order of their names. */
  tags(search: string | null | undefined): Promise<TagRecord[]>;
  /** The types that models have, by name. */
  types(): Promise<{ name: string; modelCount: number }[]>;
  /** The models in the order of the hashes; null for each hash that none has. */
  findMany(hashes: readonly string[]): Promise<(ModelRecord | null)[]>;
  /** The newest models whose files are at these paths, in their order; null for each path that none has. */
  findByPaths(paths: readonly string[]): Promise<(ModelRecord | null)[]>;
  findPending(ids: readonly (number | null)[]): Promise<(PendingRecord | null)[]>;
  findPendingByPaths(paths: readonly string[]): Promise<(PendingRecord | null)[]>;
  findTags(ids: readonly (number | null)[]): Promise<(TagRecord | null)[]>;
  /** The hash of a model whose file has that name, whatever folder it lies in. */
  findHashByFilename(filename: string): Promise<string | null>;
}

const maxSearchLength = 200;

export function createModels({ database }: { database: Database }): Models {
  const { prisma } = database;
  const findPendingWhere = async (where: Prisma.PendingImportWhereInput) =>
    (await prisma.pendingImport.findMany({ where })).map((row) => ({ ...row, sizeBytes: toNumber(row.sizeBytes) }));
  return {
    ...createTagsAndImages(database),
    async list({ search, tagIds, type }, page, order = newestFirst) {
      const criteria = { search: termOf(search), tagIds: tagIds ?? undefined, type: typeOf(type) };
      const { count, backward, cursor } = page;
      const after = cursor === null ? null : decodeModelCursor(order, backward ? 'before' : 'after', cursor);
      const rows = await listModels(database, criteria, order, { after, backward, limit: count + 1 });
      const listed = toKeysetPage(page, rows, (model) => encodeModelCursor(order, model));
      return { ...listed, totalCount: () => countModels(database, criteria) };
    },
    async update(sha256, changes) {
      await updateModel(database, sha256, changes);
      const [changed] = await findModels(database, [sha256]);
      if (changed === undefined) throw new ModelNotFoundError(sha256);
      return changed;
    },
    async listPending({ isHashed, search }, page) {
      const criteria = { search: termOf(search), isHashed: isHashed ?? undefined };
      const { count, backward, cursor } = page;
      const after = cursor === null ? null : decodePendingCursor(backward ? 'before' : 'after', cursor);
      const rows = await listPendingImports(database, criteria, { after, backward, limit: count + 1 });
      return {
        ...toKeysetPage(page, rows, encodePendingCursor),
        totalCount: () => countPendingImports(database, criteria),
      };
    },
    async tags(search) {
      const tags = await prisma.tag.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }] });
      const term = termOf(search);
      return term === undefined ? tags : tags.filter(({ name }) => foldText(name).includes(term));
    },
    types: () => listModelTypes(database),
    async findMany(hashes) {
      const found = new Map((await findModels(database, hashes)).map((model) => [model.sha256, model]));
      return hashes.map((sha256) => found.get(sha256) ?? null);
    },
    async findByPaths(paths) {
      const found = new Map((await findModelsOfPaths(database, paths)).map((model) => [model.path, model]));
      return paths.map((path) => found.get(path) ?? null);
    },
    findPending: (ids) => findInOrder(ids, (known) => findPendingWhere({ id: { in: known } })),
    async findPendingByPaths(paths) {
      const found = await findPendingWhere({ path: { in: paths.filter(isStorableText) } });
      const byPath = new Map(found.map((pending) => [pending.path, pending]));
      return paths.map((path) => byPath.get(path) ?? null);
    },
    findTags: (ids) => findInOrder(ids, (known) => prisma.tag.findMany({ where: { id: { in: known } } })),
    async findHashByFilename(filename) {
      const candidates = await prisma.model.findMany({
        where: { OR: ['/', '\\'].map((separator) => ({ path: { endsWith: separator + filename } })) },
        select: { sha256: true, path: true },
        orderBy: { sha256: 'asc' },
      });
      // LIKE treats `_` and `%` in a name as wildcards, and ignores case on SQLite.
      return candidates.find(({ path }) => path.split(/[\\/]/).at(-1) === filename)?.sha256 ?? null;
    },
  };
}

function termOf(search: string | null | undefined): string | undefined {
  if (search === null || search === undefined || search === '') return undefined;
  if (search.length > maxSearchLength || !isStorableText(search)) {
    const message = `A search term has at most ${maxSearchLength} whole characters, and no NUL.`;
    throw new InvalidInputError('search', message);
  }
  return foldText(search);
}

function typeOf(type: string | null | undefined): string | undefined {
  if (type === null || type === undefined) return undefined;
  if (!isStorableText(type)) throw new InvalidInputError('type', 'A type holds no NUL and no half characters.');
  return type;
}

function toNumber(value: bigint | null): number | null {
  return value === null ? null : Number(value);
}
