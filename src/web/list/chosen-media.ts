import type { Selection } from './selection.ts';

/** How many IDs the service takes at once. */
const maxIds = 1_000;

/** What the service finds itself. */
type ChosenMedia<Filter, Order> =
  | { ids: string[] }
  | { filter: Filter; except: string[] }
  | { between: { filter: Filter; orderBy: Order; from: string; to: string }; except: string[] };

/** Returns a selection as the service takes it: several where one cannot say it. No item is in two of them. */
export function toMediaSelections<Filter, Order>(
  selection: Selection,
  filter: Filter,
  orderBy: Order,
): ChosenMedia<Filter, Order>[] {
  if (selection.kind === 'all') return [{ filter, except: [...selection.except.keys()] }];
  const ids = [...selection.ids.keys()];
  const byIds = Array.from({ length: Math.ceil(ids.length / maxIds) }, (_, at) => ({
    ids: ids.slice(at * maxIds, (at + 1) * maxIds),
  }));
  if (selection.kind === 'some') return byIds;
  const except = [...selection.except];
  return [
    ...selection.ranges.map(({ from, high, low, to }) => ({
      between: { filter, orderBy, from, to },
      except: except.filter(([, number]) => number >= low && number <= high).map(([id]) => id),
    })),
    ...byIds,
  ];
}
