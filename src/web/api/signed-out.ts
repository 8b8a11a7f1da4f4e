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

/** Resolves once somebody has signed in since the given session, or when the signal says that nobody waits. */
export function untilSignedIn(earlier: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (session === earlier && signal?.aborted !== true) return;
      stop();
      resolve();
    };
    const stop = subscribe(look);
    signal?.addEventListener('abort', look, { once: true });
    look();
  });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
