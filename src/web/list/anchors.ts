import type { SectionIndex } from './sections.ts';

/** How many items may be left out behind a cursor. */
const maxSkip = 10_000;

/** A place in a section from which the list can go on. */
interface Anchor {
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

/** The cursors that are known of a list: those of its sections, and those at which somebody came by. */
export class Anchors {
  readonly #index: SectionIndex;
  readonly #known = new Map<number, Anchor[]>();

  constructor(index: SectionIndex) {
    this.#index = index;
  }

  /** Chooses the last anchor before a place; there is always one at the beginning of the section. */
  choose(section: number, offset: number): AnchorChoice {
    const before = this.#of(section).filter((anchor) => anchor.offset <= offset);
    const anchor = before.reduce((last, next) => (next.offset > last.offset ? next : last));
    const distance = offset - anchor.offset;
    return { anchor, skip: Math.min(distance, maxSkip), isNear: distance <= maxSkip };
  }

  note(section: number, offset: number, cursor: string): void {
    const anchors = this.#of(section);
    if (!anchors.some((anchor) => anchor.offset === offset)) anchors.push({ offset, cursor });
  }

  #of(section: number): Anchor[] {
    const known = this.#known.get(section);
    if (known !== undefined) return known;
    const anchors = [{ offset: 0, cursor: this.#index.sections[section]?.cursor ?? null }];
    this.#known.set(section, anchors);
    return anchors;
  }
}
