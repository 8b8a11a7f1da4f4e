/** What somebody has typed and not saved. */
export interface Draft {
  text: string;
  /** What stood there when they began. */
  base: string;
}

// Where there is no storage, they hold as long as the page.
const inMemory = new Map<string, Draft>();

/** Returns what was typed into a field of an item, also before a reload or a sign-in; null where nothing waits. */
export function recallDraft(id: string, field: string): Draft | null {
  const key = keyOf(id, field);
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    return isDraft(stored) ? stored : (inMemory.get(key) ?? null);
  } catch {
    return inMemory.get(key) ?? null;
  }
}

/** Keeps what is typed; null drops it. */
export function keepDraft(id: string, field: string, draft: Draft | null): void {
  const key = keyOf(id, field);
  if (draft === null) inMemory.delete(key);
  else inMemory.set(key, draft);
  try {
    if (draft === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // It is in memory.
  }
}

function keyOf(id: string, field: string): string {
  return `draft ${id} ${field}`;
}

function isDraft(stored: unknown): stored is Draft {
  const { base, text } = (stored ?? {}) as { base?: unknown; text?: unknown };
  return typeof base === 'string' && typeof text === 'string';
}
