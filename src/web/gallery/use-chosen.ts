import { useEffect, useRef, useState } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { execute } from '../api/execute.ts';
import {
  add,
  addRange,
  removeRange,
  renumber,
  shareSelected,
  toggle,
  type ItemRange,
  type Selection,
} from '../list/selection.ts';
import { placeOf } from '../list/sections.ts';
import type { ListFilter, ListOrder } from '../list/view.ts';
import { LastItemDocument } from '../media/list-documents.ts';
import type { MediaList } from '../media/use-list.ts';
import { say } from '../ui/say.ts';

interface ChosenOptions {
  list: MediaList;
  filter: ListFilter;
  order: ListOrder;
  selection: Selection;
  onSelect: (selection: Selection) => void;
}

/** More than these are a stretch of the list, which the service finds itself. */
const mostNamed = 500;

/** How items are chosen: one by one, from one to another one however far that is, and all under a heading. */
export function useChosen({ list, filter, order, selection, onSelect }: ChosenOptions) {
  const { index, store } = list;
  const last = useRef<{ number: number; id: string } | null>(null);
  // The other end of a range, until it is loaded.
  const [awaited, setAwaited] = useState<number | null>(null);

  const chooseTo = (start: { number: number; id: string }, end: { number: number; id: string }) => {
    const [from, to] = start.number < end.number ? [start, end] : [end, start];
    const numbers = Array.from(
      { length: Math.min(to.number - from.number + 1, mostNamed + 1) },
      (_, at) => from.number + at,
    );
    const items = numbers.flatMap((number) => {
      const id = store.itemAt(number)?.id;
      return id === undefined ? [] : [[id, number] as const];
    });
    const isNamed = numbers.length <= mostNamed && items.length === numbers.length;
    const range = { low: from.number, high: to.number, from: from.id, to: to.id };
    onSelect(isNamed ? add(selection, new Map(items)) : addRange(selection, range));
  };
  const choose = (number: number, isRange: boolean) => {
    const id = store.itemAt(number)?.id;
    const start = last.current;
    if (id === undefined) {
      if (isRange && start !== null) setAwaited(number);
      return;
    }
    setAwaited(null);
    last.current = { number, id };
    if (isRange && start !== null) chooseTo(start, { number, id });
    else onSelect(toggle(selection, id, number));
  };
  const isThere = awaited !== null && store.itemAt(awaited) !== undefined;
  useEffect(() => {
    if (isThere) choose(awaited, true);
  }, [isThere, awaited]);
  useEffect(() => {
    const { id = '' } = last.current ?? {};
    const number = store.find(id);
    last.current = number === undefined ? null : { number, id };
    setAwaited(null);
    if (selection.kind === 'some' && selection.ids.size > 0) onSelect(renumber(selection, (each) => store.find(each)));
  }, [store]);

  const chooseSection = async (section: number) => {
    const low = index.starts[section] ?? 0;
    const high = (index.starts[section + 1] ?? low) - 1;
    try {
      const range = { low, high, ...(await endsOf(section, section)) };
      if (shareSelected(selection, low, high) !== 'all') {
        onSelect(addRange(selection, range));
        return;
      }
      const lastSection = index.sections.length - 1;
      const all = { low: 0, high: index.total - 1, ...(await endsOf(0, lastSection)) };
      onSelect(removeRange(selection, range, all));
    } catch (error) {
      say(describeFailure(error));
    }
  };
  const endsOf = async (first: number, end: number): Promise<Pick<ItemRange, 'from' | 'to'>> => {
    const from = index.sections[first]?.cursor ?? '';
    const to = index.sections[end + 1]?.cursor;
    if (typeof to === 'string') return { from, to };
    const { media } = await execute(LastItemDocument, { filter, orderBy: order });
    return { from, to: media.edges[0]?.node.id ?? from };
  };
  return {
    choose,
    /** Where the next one chosen with Shift begins. */
    noteStart(number: number) {
      const id = store.itemAt(number)?.id;
      if (id !== undefined && last.current === null) last.current = { number, id };
    },
    chooseSection,
    sectionOf: (number: number) => placeOf(index, number).section,
    shareOf: (section: number) =>
      shareSelected(selection, index.starts[section] ?? 0, (index.starts[section + 1] ?? 0) - 1),
  };
}
