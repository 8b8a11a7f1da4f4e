const key = 'mediashelf.duplicates.left';
const mostKept = 5_000;

/** The groups that somebody on this device wants to leave as they are, by their hashes. */
export function readIgnored(): ReadonlySet<string> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return new Set(Array.isArray(kept) ? kept.filter((each): each is string => typeof each === 'string') : []);
  } catch {
    return new Set();
  }
}

export function keepIgnored(ignored: ReadonlySet<string>): void {
  localStorage.setItem(key, JSON.stringify([...ignored].slice(-mostKept)));
}
