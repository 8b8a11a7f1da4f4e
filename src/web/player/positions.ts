const positionsKey = 'positions';
const seenKey = 'seen';
const mostKept = 500;
const mostSeen = 5_000;
/** What is left of a film, in seconds, below which it counts as seen. */
const endSeconds = 20;

type Positions = Record<string, number>;

/** Returns where a film was left, in seconds; null where it was not begun. */
export function recallPosition(id: string): number | null {
  return readPositions()[id] ?? null;
}

/** Returns how much of a film was seen in this browser, from 0 to 1. */
export function progressOf(id: string, length: number | null | undefined): number {
  const position = recallPosition(id);
  if (position !== null && typeof length === 'number' && length > 0) return Math.min(1, position / length);
  return readSeen().includes(id) ? 1 : 0;
}

/** Keeps where a film is, in this browser; one that was seen to its end begins anew, and counts as seen. */
export function keepPosition(id: string, seconds: number, length: number): void {
  if (!Number.isFinite(length) || !Number.isFinite(seconds)) return;
  const isShort = length <= 60;
  const isAtEnd = seconds >= length - (isShort ? 0.5 : endSeconds);
  if (isAtEnd) keepSeen(id);
  const { [id]: before = 0, ...others } = readPositions();
  const isWorthIt = seconds > 10 && !isShort && !isAtEnd;
  if (isWorthIt && Math.abs(seconds - before) < 3) return;
  if (!isWorthIt && before === 0) return;
  const kept = Object.entries(others).slice(-mostKept);
  if (isWorthIt) kept.push([id, Math.floor(seconds)]);
  write(positionsKey, Object.fromEntries(kept));
}

function keepSeen(id: string): void {
  const seen = readSeen();
  if (!seen.includes(id)) write(seenKey, [...seen, id].slice(-mostSeen));
}

function readPositions(): Positions {
  const stored = read(positionsKey);
  return typeof stored === 'object' && stored !== null ? (stored as Positions) : {};
}

function readSeen(): unknown[] {
  const stored = read(seenKey);
  return Array.isArray(stored) ? stored : [];
}

function read(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Without storage, a film begins at its beginning.
  }
}
