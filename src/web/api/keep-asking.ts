import { ServiceError } from './api-errors.ts';
import { delayAfter } from './persevere.ts';
import { queryClient } from './query-client.ts';
import { currentTrouble, onReturn, subscribe } from './trouble.ts';

/**
 * While something keeps the page from the service, asks now and then whether it is there again, at once when the browser is online
 * again. Then all that had failed is read anew. Returns what ends it.
 */
export function keepAsking(ask: () => Promise<unknown>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  const askSoon = () => {
    const trouble = currentTrouble();
    if (trouble === null) {
      clearTimeout(timer);
      timer = undefined;
      failures = 0;
      return;
    }
    timer ??= setTimeout(() => void askNow(), delayAfter(failures + 1, trouble));
  };
  const askNow = async () => {
    clearTimeout(timer);
    failures++;
    // What it says is noted where all answers are.
    await ask().catch(() => undefined);
    timer = undefined;
    askSoon();
  };
  const onOnline = () => {
    if (currentTrouble() instanceof ServiceError) return;
    void askNow();
  };
  const stops = [
    subscribe(askSoon),
    onReturn(() => void queryClient.refetchQueries({ predicate: ({ state }) => state.status === 'error' })),
  ];
  window.addEventListener('online', onOnline);
  return () => {
    clearTimeout(timer);
    window.removeEventListener('online', onOnline);
    for (const stop of stops) stop();
  };
}
