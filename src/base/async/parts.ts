/** A part of a running whole. */
interface Part {
  /** Takes up what an earlier process left undone. */
  resume?(): unknown;
  /** Releases what the part holds; work that is under way may go on for up to `graceMs`. */
  close?(graceMs: number): unknown;
}

/** The parts of a composition. Each is added where it is opened, so nothing that is open can be forgotten at the end. */
export interface Parts {
  /** Returns the part itself. */
  add<P extends Part>(part: P): P;
  /** Lets the parts take up what is left, one after the other, in the order in which they were added. */
  resume(): Promise<void>;
  /**
   * Closes the parts, the last one first, once however often it is called. A part that fails to close does not keep the
   * others open: the first failure is thrown when all have been closed.
   */
  close(graceMs: number): Promise<void>;
}

/** How long open responses and jobs have when the process is told to stop. */
export const defaultGraceMs = 10_000;

export function createParts(): Parts {
  const added: Part[] = [];
  let closing: Promise<void> | undefined;

  async function closeAll(graceMs: number): Promise<void> {
    const failures: unknown[] = [];
    for (const part of added.toReversed()) {
      try {
        await part.close?.(graceMs);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  return {
    add(part) {
      added.push(part);
      return part;
    },
    async resume() {
      for (const part of added) await part.resume?.();
    },
    close: (graceMs) => (closing ??= closeAll(graceMs)),
  };
}
