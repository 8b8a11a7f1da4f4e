const key = 'mediashelf.uploads.unfinished';

/** Whether a page of this browser has uploads that have not ended, so that the next one takes them up. */
export function hasUnfinished(): boolean {
  return localStorage.getItem(key) !== null;
}

export function noteUnfinished(isSo: boolean): void {
  if (isSo === hasUnfinished()) return;
  if (isSo) localStorage.setItem(key, 'yes');
  else localStorage.removeItem(key);
  if (isSo) for (const listener of listeners) listener();
}

const listeners = new Set<() => void>();

/** Calls back when this page gets something to upload; returns what ends that. */
export function onUnfinished(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
