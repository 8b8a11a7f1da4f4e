import { useSyncExternalStore } from 'react';
import type { SignedOutError } from './api-errors.ts';

let isSignedOut = false;
let session = 0;
const listeners = new Set<() => void>();

/** Whether an answer said that nobody is signed in; the sign-in then opens above the page. */
export function useSignedOut(): boolean {
  return useSyncExternalStore(subscribe, () => isSignedOut);
}

/** The number of the session of this moment; each sign-in begins another one. */
export function currentSession(): number {
  return session;
}

/** Notes a refusal, unless somebody has signed in since it was asked for. */
export function noteSignedOut(error: SignedOutError): void {
  if (error.session !== session || isSignedOut) return;
  isSignedOut = true;
  for (const listener of listeners) listener();
}

export function noteSignedIn(): void {
  session++;
  isSignedOut = false;
  for (const listener of listeners) listener();
}

/** Waits until another session than that one has begun. */
export function untilSignedIn(before: number, signal?: AbortSignal): Promise<void> {
  if (session !== before) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = subscribe(() => {
      if (session === before) return;
      stop();
      resolve();
    });
    signal?.addEventListener('abort', () => {
      stop();
      resolve();
    });
  });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
