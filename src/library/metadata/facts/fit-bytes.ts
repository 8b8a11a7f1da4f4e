/** The most bytes of facts in a row, as JSON; the technical metadata beside them has at most as many as the second. */
export const [maxFactsBytes, maxTechnicalBytes] = [32 * 1024, 24 * 1024];

/**
 * Returns a JSON object of at most so many bytes, if need be with shorter lists and a note of it: the longest list is
 * halved until it fits. `notes` itself stays.
 */
export function fitBytes<T extends { notes?: string[] }>(value: T, maxBytes: number): T {
  let fitted = value;
  const cut = new Set<string>();
  for (let size = sizeOf(fitted); size > maxBytes; size = sizeOf(fitted)) {
    const [name, list] = largestList(fitted);
    if (name === undefined || list.length === 0) break;
    cut.add(name);
    const notes = [
      ...(value.notes ?? []),
      `There was too much to keep: only the beginning is left of ${[...cut].join(', ')}.`,
    ];
    fitted = { ...fitted, [name]: list.slice(0, Math.floor(list.length / 2)), notes };
  }
  return fitted;
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

function largestList(value: object): [string | undefined, unknown[]] {
  let best: [string | undefined, unknown[]] = [undefined, []];
  let bestSize = 0;
  for (const [name, member] of Object.entries(value)) {
    if (!Array.isArray(member) || name === 'notes') continue;
    const size = sizeOf(member);
    if (size > bestSize) [best, bestSize] = [[name, member], size];
  }
  return best;
}
