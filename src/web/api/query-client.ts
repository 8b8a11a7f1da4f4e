import { QueryCache, MutationCache, QueryClient } from '@tanstack/react-query';
import { ServiceError, SignedOutError, UnreachableError } from './api-errors.ts';
import { delayAfter } from './persevere.ts';
import { noteSignedOut } from './signed-out.ts';

const noteFailure = (error: unknown): void => {
  if (error instanceof SignedOutError) noteSignedOut(error);
};

/** Asks again what may succeed later, and tells the sign-in of who is signed out. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noteFailure }),
  mutationCache: new MutationCache({ onError: noteFailure }),
  defaultOptions: {
    queries: { staleTime: 10_000, retry: mayRetry, retryDelay: delayAfter, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});

function mayRetry(failures: number, error: Error): boolean {
  if (error instanceof UnreachableError) return error.answer === 'nothing' && failures < 20;
  return error instanceof ServiceError && error.isPassing && failures < 20;
}
