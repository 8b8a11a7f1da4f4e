import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

/** The list and its pictures come first. */
const afterMs = 3_000;

/** A component that is loaded when it is needed, or before that, once the page has had time for all else: who wants it need not wait then. */
export function lazySoon<Props>(load: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> {
  const loadSoon = () =>
    void load().catch(() => {
      // It is asked for again when it is needed, and what fails then is told.
    });
  // Not every browser has the former.
  const whenIdle = 'requestIdleCallback' in globalThis ? requestIdleCallback : setTimeout;
  setTimeout(() => whenIdle(loadSoon), afterMs);
  return lazy(async () => ({ default: await load() }));
}
