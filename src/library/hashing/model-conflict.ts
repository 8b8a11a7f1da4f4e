const code = 'MODEL_CONFLICT';

/** Describes, as an item error, that a model record has the hash of a pending import already. */
export function describeConflict(sha256: string, pendingId: number): { code: string; message: string } {
  return {
    code,
    message: `A model record has the hash ${sha256} already; the pending import ${pendingId} stays.`,
  };
}

/** Returns the hash that `describeConflict` wrote; null for another error. */
export function hashOfConflict(error: { code: string; message: string }): string | null {
  if (error.code !== code) return null;
  return /^A model record has the hash ([0-9a-f]{64}) already/.exec(error.message)?.[1] ?? null;
}
