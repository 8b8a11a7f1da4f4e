/** Reads what this browser was told to remember; null where it was told nothing, or keeps nothing. */
export function readPreference(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Remembers it on this browser; null forgets it. Without storage it lasts as long as the page. */
export function storePreference(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Nothing depends on it but a habit.
  }
}
