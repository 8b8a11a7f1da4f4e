import { useSyncExternalStore } from 'react';
import { ServiceError, SignedOutError, UnreachableError } from './api-errors.ts';

/** What keeps the page from the service: no answer, one that makes no sense, or one that asks to wait. */
export type Trouble = UnreachableError | ServiceError;

let trouble: Trouble | null = null;
let isOutdated = false;
const listeners = new Set<() => void>();
const returnListeners = new Set<() => void>();

/** Returns the trouble of this moment; null while the service answers. */
export function currentTrouble(): Trouble | null {
  return trouble;
}

/** The same for components. */
export function useTrouble(): Trouble | null {
  return useSyncExternalStore(subscribe, currentTrouble);
}

/** Whether the service has a newer page than this one. It stays so until the page is loaded again. */
export function useOutdated(): boolean {
  return useSyncExternalStore(subscribe, () => isOutdated);
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Calls the listener each time when a trouble is over. */
export function onReturn(listener: () => void): () => void {
  returnListeners.add(listener);
  return () => returnListeners.delete(listener);
}

/** Notes that the service answered as it should. */
export function noteAnswer(): void {
  if (trouble === null) return;
  trouble = null;
  tell(listeners);
  tell(returnListeners);
}

/** Notes what kept an answer away, where it is a trouble that may pass, and what shows that this page is old. */
export function noteFailure(error: unknown): void {
  if (error instanceof ServiceError && error.isOfOldPage) noteOutdated();
  const isTrouble = error instanceof UnreachableError || (error instanceof ServiceError && error.isPassing);
  if (!isTrouble) {
    // A refusal is an answer.
    if (error instanceof ServiceError || error instanceof SignedOutError) noteAnswer();
    return;
  }
  trouble = error;
  tell(listeners);
}

function noteOutdated(): void {
  if (isOutdated) return;
  isOutdated = true;
  tell(listeners);
}

function tell(all: ReadonlySet<() => void>): void {
  for (const listener of all) listener();
}
