/** Collects what was left out of a file's facts, in sentences. */
export interface Notes {
  add(note: string): void;
  readonly list: readonly string[];
}

/** A broken file could fill pages. */
const maxNotes = 20;

export function createNotes(): Notes {
  const notes = new Set<string>();
  return {
    add(note) {
      if (notes.size < maxNotes) notes.add(note);
    },
    get list() {
      return [...notes];
    },
  };
}
