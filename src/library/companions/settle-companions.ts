import { posix } from 'node:path';
import type { CategoryConfig } from '../../base/config/media-config.ts';
import type { Database } from '../../base/database/database.ts';
import { chooseMain, type GroupMember } from './choose-main.ts';
import { readGroupName } from './group-names.ts';
import { readGroupRows, storeCompanions, type GroupRow, type PathRange } from './sql/group-rows.ts';

type Category = Pick<CategoryConfig, 'key' | 'rootPath'>;

/** A file of a category, there or not. */
export interface PlaceOfFile {
  rootCategory: string;
  relativePath: string;
}

/** Files that may belong together: they have a key in common, and lie in one folder. */
interface Group {
  ranges: PathRange[];
}

/**
 * Finds out which items belong together at these places and stores it, where it is not stored. Returns the items that changed.
 * Where several categories see the same folder, they are looked at together.
 */
export async function settleCompanions(
  database: Database,
  categories: readonly Category[],
  places: readonly PlaceOfFile[],
): Promise<Pick<GroupRow, 'id' | 'rootCategory'>[]> {
  const roots = new Map(categories.map(({ key, rootPath }) => [key, rootPath.replace(/(.)\/$/, '$1')]));
  const groups = new Map(places.map((place) => [groupKeyOf(roots, place), groupAt(roots, place)]));
  return settleGroups(database, roots, groups);
}

/** More items in one group than any burst has: then nothing of it is decided. */
const maxRows = 5_000;

async function settleGroups(
  database: Database,
  roots: ReadonlyMap<string, string>,
  groups: ReadonlyMap<string, Group>,
): Promise<Pick<GroupRow, 'id' | 'rootCategory'>[]> {
  if (groups.size === 0) return [];
  const rows = await readGroupRows(
    database,
    [...groups.values()].flatMap(({ ranges }) => ranges),
    maxRows,
  );
  if (rows.length === maxRows) {
    if (groups.size === 1) return [];
    const entries = [...groups];
    const halves = [entries.slice(0, entries.length / 2), entries.slice(entries.length / 2)];
    const settled = [];
    for (const half of halves) settled.push(...(await settleGroups(database, roots, new Map(half))));
    return settled;
  }
  const items = new Map<string, Map<number, GroupRow>>();
  for (const row of rows) {
    const key = groupKeyOf(roots, row);
    if (!groups.has(key)) continue;
    const known = items.get(key) ?? new Map<number, GroupRow>();
    items.set(key, known.set(row.id, row));
  }
  const changed = [...items.values()].flatMap((group) => decide(roots, [...group.values()]));
  await storeCompanions(database, changed);
  return changed;
}

/** Returns the items whose companion is to be another than it is. */
function decide(roots: ReadonlyMap<string, string>, rows: readonly GroupRow[]): GroupRow[] {
  const members = rows.filter(({ isAvailable }) => isAvailable).map((row) => ({ row, ...memberOf(roots, row) }));
  const chosen = chooseMain(members);
  // A file that several categories have is an item of each: each has its own main one, where there is one.
  const mains = members.filter(({ path }) => path === chosen?.main.path).map(({ row }) => row);
  const companions = new Map(
    (chosen?.companions ?? []).map(({ row }) => {
      const main = mains.find(({ rootCategory }) => rootCategory === row.rootCategory) ?? mains[0];
      return [row.id, main?.id ?? null] as const;
    }),
  );
  return rows.flatMap((row) => {
    const companionOf = companions.get(row.id) ?? null;
    return companionOf === row.companionOf ? [] : [{ ...row, companionOf }];
  });
}

function memberOf(roots: ReadonlyMap<string, string>, row: GroupRow): GroupMember {
  const { filename, durationSeconds, capturedAtMs, capturedSource } = row;
  const captured =
    capturedAtMs === null || capturedSource === null ? null : { localMs: capturedAtMs, source: capturedSource };
  return { path: pathOf(roots, row), filename, durationSeconds, captured };
}

function pathOf(roots: ReadonlyMap<string, string>, { rootCategory, relativePath }: PlaceOfFile): string {
  const root = roots.get(rootCategory);
  return root === undefined ? `${rootCategory}\0${relativePath}` : posix.join(root, relativePath);
}

function groupKeyOf(roots: ReadonlyMap<string, string>, place: PlaceOfFile): string {
  const path = pathOf(roots, place);
  return `${posix.dirname(path)}\0${readGroupName(posix.basename(path)).key}`;
}

function groupAt(roots: ReadonlyMap<string, string>, place: PlaceOfFile): Group {
  const { prefixes } = readGroupName(posix.basename(place.relativePath));
  const folder = posix.dirname(pathOf(roots, place));
  const below = [...roots].flatMap(([category, root]) => {
    const start = root === '/' ? root : `${root}/`;
    if (`${folder}/`.startsWith(start)) return [{ category, folder: `${folder}/`.slice(start.length) }];
    return [];
  });
  const own = posix.dirname(place.relativePath);
  const known = roots.has(place.rootCategory)
    ? below
    : [{ category: place.rootCategory, folder: own === '.' ? '' : `${own}/` }];
  const ranges = known.flatMap((each) =>
    prefixes.map((prefix) => ({ category: each.category, prefix: each.folder + prefix })),
  );
  // A name that begins with its number, in the root, has nothing that all begin with.
  return { ranges: ranges.filter(({ prefix }) => prefix !== '') };
}
