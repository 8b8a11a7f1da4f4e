import type { Database } from '../../base/database/database.ts';
import type { MediaFacts } from '../metadata/facts/facts.ts';

/** Reads the facts of items, which lists do without: a row can have 32 KiB of them. Without `places`, none has a place. */
export async function readFacts(
  { prisma }: Database,
  ids: readonly number[],
  places: boolean,
): Promise<(MediaFacts | null)[]> {
  const rows = await prisma.mediaItem.findMany({ where: { id: { in: [...ids] } }, select: { id: true, facts: true } });
  // Nothing checks the stored JSON: only `settleFacts` makes what is stored.
  const facts = new Map(rows.map((row) => [row.id, row.facts as MediaFacts | null]));
  return ids.map((id) => {
    const found = facts.get(id) ?? null;
    if (found === null || places) return found;
    const { place: _, ...others } = found;
    return others;
  });
}
