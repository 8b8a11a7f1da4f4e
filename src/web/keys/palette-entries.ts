import { useEffect, useRef } from 'react';

/** Something that the palette leads to, or does. */
export interface PaletteEntry {
  /** Unique among all. */
  id: string;
  label: string;
  group: 'places' | 'views' | 'actions' | 'items';
  /** The key that does the same, as it is written. */
  shown?: string;
  /** Where it stands on the page, if it does: the palette lists what stands there in that order. */
  element?: () => Element | null;
  run: () => void;
}

const sources = new Set<() => readonly PaletteEntry[]>();

/** Adds entries to the palette while the component is there. */
export function usePaletteEntries(entries: readonly PaletteEntry[]): void {
  const latest = useRef(entries);
  latest.current = entries;
  useEffect(() => {
    const source = () => latest.current;
    sources.add(source);
    return () => void sources.delete(source);
  }, []);
}

/** Lists the entries of this moment, in the order in which they stand on the page, or else of those who added them. */
export function paletteEntries(): PaletteEntry[] {
  return [...sources].flatMap((source) => source()).toSorted(byPlace);
}

function byPlace({ element: one }: PaletteEntry, { element: other }: PaletteEntry): number {
  const [first, second] = [one?.() ?? null, other?.() ?? null];
  if (first === null || second === null || first === second) return 0;
  return first.compareDocumentPosition(second) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}

/** Whether all words of a text occur in a label, however both are written. */
export function isCalled(label: string, text: string): boolean {
  const folded = fold(label);
  return fold(text)
    .split(/\s+/)
    .every((word) => folded.includes(word));
}

function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
