import { useEffect, useState } from 'react';
import { execute } from '../api/execute.ts';
import { PlaceDocument, TimelineDocument } from './list-documents.ts';
import type { MediaList } from './use-list.ts';
import type { ListFilter, ListOrder } from '../list/view.ts';

/**
 * The number of an item in its list: known at once where it is loaded, else asked for. Null where the list does not have
 * it, or cannot tell; undefined while that is not known.
 */
export function usePlace(
  id: string,
  list: MediaList | null,
  filter: ListFilter,
  order: ListOrder,
): number | null | undefined {
  const loaded = list?.store.find(id);
  const [asked, setAsked] = useState<{ id: string; store: MediaList['store']; at: number | null } | null>(null);
  const answer = asked?.id === id && asked.store === list?.store ? asked : null;
  const isWanted = list !== null && loaded === undefined && answer === null;
  useEffect(() => {
    if (!isWanted) return;
    const controller = new AbortController();
    findPlace(id, list, { filter, order, signal: controller.signal }).then(
      (at) => setAsked({ id, store: list.store, at }),
      () => controller.signal.aborted || setAsked({ id, store: list.store, at: null }),
    );
    return () => controller.abort();
    // The filter and the order belong to the list.
  }, [isWanted, id, list?.store]);
  if (loaded !== undefined) return loaded;
  return answer?.at;
}

interface Asked {
  filter: ListFilter;
  order: ListOrder;
  signal: AbortSignal;
}

/** The service tells the day and the place within it; the headings of the list are months, so the days before it are counted. */
async function findPlace(id: string, { index }: MediaList, { filter, order, signal }: Asked): Promise<number | null> {
  const { mediaPlace } = await execute(PlaceDocument, { id, filter, orderBy: order }, signal);
  if (typeof mediaPlace?.section !== 'string' || typeof mediaPlace.index !== 'number') return null;
  const { index: within, section: day } = mediaPlace;
  const month = index.sections.findIndex(({ key }) => day.startsWith(`${key}-`));
  if (month < 0) return null;
  const days = await execute(TimelineDocument, { filter, direction: order.direction, unit: 'DAY' }, signal);
  const ofMonth = days.mediaTimeline.filter(({ key }) => key.startsWith(`${index.sections[month]?.key}-`));
  const at = ofMonth.findIndex(({ key }) => key === day);
  const before = ofMonth.slice(0, Math.max(0, at)).reduce((sum, { count }) => sum + count, 0);
  return (index.starts[month] ?? 0) + before + within;
}
