/** Ids of items whose files lie in the category's root. */
export interface MediaChange {
  category: string;
  added?: readonly number[];
  updated?: readonly number[];
  removed?: readonly number[];
  /** Whether more items changed than are named. */
  isCut?: boolean;
}

/** The changes of a category that were gathered together; each id is in one of the lists at most. */
export interface MediaChanges {
  category: string;
  added: number[];
  updated: number[];
  removed: number[];
  /** Whether more items changed than the lists may name. */
  isCut: boolean;
}

export const maxListedIds = 500;

export function hasAny({ added, updated, removed, isCut }: MediaChanges): boolean {
  return isCut || added.length + updated.length + removed.length > 0;
}

/** Keeps one state for each item: added and then updated is added; added and then removed is nothing. */
export class GatheredChanges {
  readonly #category: string;
  readonly #states = new Map<number, 'added' | 'updated' | 'removed'>();
  #isCut = false;

  constructor(category: string) {
    this.#category = category;
  }

  add({ added = [], updated = [], removed = [], isCut = false }: MediaChange): void {
    if (isCut) this.#isCut = true;
    for (const id of added) this.#set(id, 'added');
    for (const id of updated) this.#set(id, this.#states.get(id) === 'added' ? 'added' : 'updated');
    for (const id of removed) {
      if (this.#states.get(id) === 'added') this.#states.delete(id);
      else this.#set(id, 'removed');
    }
  }

  take(): MediaChanges {
    const idsOf = (wanted: string) => [...this.#states].filter(([, state]) => state === wanted).map(([id]) => id);
    return {
      category: this.#category,
      added: idsOf('added'),
      updated: idsOf('updated'),
      removed: idsOf('removed'),
      isCut: this.#isCut,
    };
  }

  /**
   * The limit is for a subscriber that reads slowly, or not at all: the service must not remember a whole scan for it.
   */
  #set(id: number, state: 'added' | 'updated' | 'removed'): void {
    if (this.#states.size >= maxListedIds && !this.#states.has(id)) this.#isCut = true;
    else this.#states.set(id, state);
  }
}
