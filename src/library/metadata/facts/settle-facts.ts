import { chooseCapture } from './choose-capture.ts';
import type { Capture, MediaFacts } from './facts.ts';
import { fitBytes, maxFactsBytes } from './fit-bytes.ts';
import { dateOfName } from './name-date.ts';
import { createNotes } from './notes.ts';
import type { ReadFacts } from './picture-facts.ts';

/** What is stored of a file's facts. */
export interface SettledFacts {
  /** Null where no date is known: then the file's own time stands for it. */
  capture: Capture | null;
  /** Null where the file says nothing. */
  facts: MediaFacts | null;
}

interface SettleOptions {
  filename: string;
  /** Whether the place where it was taken is kept. */
  places: boolean;
  nowMs?: number;
}

/**
 * Chooses the time of capture from what the file and its name say, and returns the facts in a size that a row can hold.
 * Of a file that could not be read, `read` is null, and its name remains.
 */
export function settleFacts(
  read: ReadFacts | null,
  { filename, places, nowMs = Date.now() }: SettleOptions,
): SettledFacts {
  const notes = createNotes();
  const named = dateOfName(filename);
  const dates = [...(read?.dates ?? []), ...(named === null ? [] : [named])];
  const capture = chooseCapture(dates, notes, nowMs);
  const { place, notes: readNotes = [], ...others } = read?.facts ?? {};
  const facts = {
    ...others,
    ...(places && place !== undefined && { place }),
    ...(readNotes.length + notes.list.length > 0 && { notes: [...readNotes, ...notes.list] }),
  };
  return { capture, facts: Object.keys(facts).length === 0 ? null : fitBytes(facts, maxFactsBytes) };
}
