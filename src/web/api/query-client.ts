import { QueryCache, MutationCache, QueryClient } from '@tanstack/react-query';
import { ServiceError, SignedOutError, UnreachableError } from './api-errors.ts';
import { noteSignedOut } from './signed-out.ts';

const noteFailure = (error: unknown): void => {
  if (error instanceof SignedOutError) noteSignedOut(error);
};

/** Asks again what may succeed later, and tells the sign-in of who is signed out. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noteFailure }),
  mutationCache: new MutationCache({ onError: noteFailure }),
  defaultOptions: {
    queries: { staleTime: 10_000, retry: mayRetry, retryDelay: delayOf, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});

function mayRetry(failures: number, error: Error): boolean {
  if (error instanceof UnreachableError) return error.answer === 'nothing' && failures < 20;
  return error instanceof ServiceError && error.isPassing && failures < 20;
}

function delayOf(failures: number, error: Error): number {
  if (error instanceof ServiceError && error.retryAfterSeconds !== null) return error.retryAfterSeconds * 1_000;
  return Math.min(15_000, 500 * 2 ** failures);
}
