const key = 'positions';
const mostKept = 500;
/** What is left of a film, in seconds, below which it counts as seen. */
const endSeconds = 20;

type Positions = Record<string, number>;

/** Returns where a film was left, in seconds; null where it was not begun. */
export function recallPosition(id: string): number | null {
  return read()[id] ?? null;
}

/** Keeps where a film is, in this browser; one that was seen to its end begins anew. */
export function keepPosition(id: string, seconds: number, length: number): void {
  if (!Number.isFinite(length) || !Number.isFinite(seconds)) return;
  const { [id]: before = 0, ...others } = read();
  const isWorthIt = seconds > 10 && length > 60 && seconds < length - endSeconds;
  if (isWorthIt && Math.abs(seconds - before) < 3) return;
  if (!isWorthIt && before === 0) return;
  const kept = Object.entries(others).slice(-mostKept);
  if (isWorthIt) kept.push([id, Math.floor(seconds)]);
  try {
    localStorage.setItem(key, JSON.stringify(Object.fromEntries(kept)));
  } catch {
    // Without storage, a film begins at its beginning.
  }
}

function read(): Positions {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return typeof stored === 'object' && stored !== null ? (stored as Positions) : {};
  } catch {
    return {};
  }
}
