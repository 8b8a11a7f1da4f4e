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
  if (error.session === session) set(true);
}

export function noteSignedIn(): void {
  session++;
  set(false);
}

function set(value: boolean): void {
  if (value === isSignedOut) return;
  isSignedOut = value;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
