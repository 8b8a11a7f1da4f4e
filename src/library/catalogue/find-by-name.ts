import { resolve, sep } from 'node:path';
import type { CategoryConfig } from '../../base/config/media-config.ts';
import type { Database } from '../../base/database/database.ts';
import { unescapeName } from '../../base/files/escape-name.ts';
import { isStorableText } from '../../base/text.ts';
import { mediaItemSelection, type MediaRecord } from './sql/media-rows.ts';

interface Location {
  rootCategory: string;
  relativePath: string;
}

/**
 * Finds items by the names that jobs report: the key of a category and a path from its root, or an absolute path below
 * a root, as `escapeName` writes them. Returns them in the order of the names; null where there is none.
 */
export async function findByNames(
  { prisma }: Pick<Database, 'prisma'>,
  categories: readonly CategoryConfig[],
  names: readonly string[],
): Promise<(MediaRecord | null)[]> {
  const wanted = names.map((name) => locationsOf(unescapeName(name) ?? name, categories));
  const locations = wanted.flat();
  if (locations.length === 0) return names.map(() => null);
  const keys = [...new Set(locations.map(({ rootCategory }) => rootCategory))];
  const pathsIn = (key: string) =>
    locations.filter(({ rootCategory }) => rootCategory === key).map(({ relativePath }) => relativePath);
  const items = await prisma.mediaItem.findMany({
    where: { OR: keys.map((key) => ({ rootCategory: key, relativePath: { in: pathsIn(key) } })) },
    select: mediaItemSelection,
  });
  const found = new Map(items.map((item) => [keyOf(item), item]));
  return wanted.map((places) => places.map((place) => found.get(keyOf(place))).find((item) => item) ?? null);
}

/** Where an item of that name may be; several categories may share a root. */
function locationsOf(name: string, categories: readonly CategoryConfig[]): Location[] {
  if (!isStorableText(name)) return [];
  if (!name.startsWith(sep)) {
    const separator = name.indexOf('/');
    return separator < 1 ? [] : [{ rootCategory: name.slice(0, separator), relativePath: name.slice(separator + 1) }];
  }
  return categories.flatMap(({ key, rootPath }) => {
    const root = `${resolve(rootPath)}${sep}`;
    return name.startsWith(root) ? [{ rootCategory: key, relativePath: name.slice(root.length) }] : [];
  });
}

function keyOf({ rootCategory, relativePath }: Location): string {
  return `${rootCategory}/${relativePath}`;
}
