import { useSyncExternalStore } from 'react';
import type { QueueView } from './queue-view.ts';
import { uploads } from './queue.ts';

/** The queue as it is now, a few times a second at most. */
export function useQueue(): QueueView {
  return useSyncExternalStore(uploads.subscribe, uploads.view);
}
