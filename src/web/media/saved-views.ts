import { useSyncExternalStore } from 'react';

/** A list as somebody likes to see it: its address below the service, and what they call it. */
export interface SavedView {
  id: string;
  name: string;
  /** Such as `/c/photos`. */
  path: string;
  /** Such as `?tag=sea&view=wall`. */
  search: string;
}

const key = 'mediashelf.views';
const most = 100;
const longestName = 80;

const listeners = new Set<() => void>();
let views: readonly SavedView[] = read();
// Another window of the same browser saved one.
addEventListener('storage', (event) => {
  if (event.key === key) tell(read());
});

/** The views that are saved in this browser, in the order in which they were. */
export function useSavedViews(): readonly SavedView[] {
  return useSyncExternalStore(subscribe, savedViews);
}

/** Saves a view under a name; one of that name is replaced. */
export function saveView(name: string, path: string, search: string): void {
  const saved = { id: crypto.randomUUID?.() ?? String(Date.now()), name: tidy(name), path, search };
  if (saved.name !== '') write([...views.filter((view) => view.name !== saved.name), saved].slice(-most));
}

export function renameView(id: string, name: string): void {
  const tidied = tidy(name);
  if (tidied !== '') write(views.map((view) => (view.id === id ? { ...view, name: tidied } : view)));
}

export function removeView(id: string): void {
  write(views.filter((view) => view.id !== id));
}

function savedViews(): readonly SavedView[] {
  return views;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function write(next: readonly SavedView[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(next));
  } catch {
    // A browser that keeps nothing shows them until it is closed.
  }
  tell(next);
}

function tell(next: readonly SavedView[]): void {
  views = next;
  for (const listener of listeners) listener();
}

/** Whatever lies there may be of another version, or another page's. */
function read(): readonly SavedView[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isView).slice(-most) : [];
  } catch {
    return [];
  }
}

function isView(given: unknown): given is SavedView {
  const view = (given ?? {}) as Record<string, unknown>;
  const isText = (name: string) => typeof view[name] === 'string';
  if (!['id', 'name', 'path', 'search'].every(isText)) return false;
  // One slash: two would lead to another host.
  return /^\/(?!\/)/.test(String(view.path)) && /^(?:$|\?)/.test(String(view.search));
}

function tidy(name: string): string {
  return name.trim().replace(/\s+/g, ' ').slice(0, longestName);
}
