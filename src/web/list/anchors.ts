/** How many items may be left out behind a cursor. */
const maxSkip = 10_000;

/** A place in a section from which the list can go on. */
export interface Anchor {
  /** How many items of the section come before it. */
  offset: number;
  cursor: string | null;
}

interface AnchorChoice {
  anchor: Anchor;
  /** How many items to leave out behind it: to the wanted place, or as many as one step may. */
  skip: number;
  /** Whether one step leads to the wanted place. */
  isNear: boolean;
}

/** Chooses the last anchor before a place; there is always one at the beginning of the section. */
export function chooseAnchor(anchors: readonly Anchor[], offset: number): AnchorChoice {
  const before = anchors.filter((anchor) => anchor.offset <= offset);
  const anchor = before.reduce((last, next) => (next.offset > last.offset ? next : last), first(before));
  const distance = offset - anchor.offset;
  return { anchor, skip: Math.min(distance, maxSkip), isNear: distance <= maxSkip };
}

function first(anchors: readonly Anchor[]): Anchor {
  return anchors[0] ?? { offset: 0, cursor: null };
}
