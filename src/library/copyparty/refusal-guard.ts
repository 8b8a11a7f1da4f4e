/**
 * Keeps the service from being banned. For a day, copyparty shuts out an address that was answered 403 more than nine times
 * in two minutes (its option --ban-403): with one wrong `copyparty_path`, a few clicks would take all categories away.
 */
export interface RefusalGuard {
  /** Whether not to ask at all: the path was refused before, and there have been too many refusals. */
  isRefused(path: string): boolean;
  note(path: string, status: number): void;
}

const windowMs = 130_000;
const maxRefusals = 5;

export function createRefusalGuard(now: () => number = () => performance.now()): RefusalGuard {
  /** When copyparty last refused something, by volume; without those in which it has answered otherwise since. */
  const refusedAt = new Map<string, number>();
  let recent: number[] = [];

  return {
    isRefused(path) {
      recent = recent.filter((time) => now() - time < windowMs);
      return recent.length >= maxRefusals && now() - (refusedAt.get(volumeOf(path)) ?? -Infinity) < windowMs;
    },
    note(path, status) {
      if (status === 403) {
        recent.push(now());
        refusedAt.set(volumeOf(path), now());
      } else {
        refusedAt.delete(volumeOf(path));
      }
    },
  };
}

/** Copyparty gives rights by volume, which mostly is the first folder. */
function volumeOf(path: string): string {
  return path.split('/', 2)[1] ?? '';
}
