import type { ExecutionResult } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { GraphQLContext } from '../schema/context.ts';
import { causeOf, isUnexpected } from './mask-error.ts';

/** Logs what clients only see masked, with the request's ID, before it is masked. */
export function logUnexpectedErrors(): Plugin<GraphQLContext> {
  return {
    onExecute: ({ args }) => ({
      onExecuteDone: ({ result }) => {
        if ('errors' in result) logErrors(result.errors, args.contextValue);
      },
    }),
    onSubscribe: ({ args }) => ({
      onSubscribeError: ({ error }) => logErrors([error], args.contextValue),
      onSubscribeResult({ result: begun }) {
        // A subscription that fails before its first value has a plain answer, and no stream.
        if (!isAsyncIterable(begun)) logErrors((begun as ExecutionResult).errors, args.contextValue);
        return {
          onNext: ({ result }) => {
            if ('errors' in result) logErrors(result.errors, args.contextValue);
          },
        };
      },
    }),
  };
}

function logErrors(errors: readonly unknown[] | undefined, { log }: Pick<GraphQLContext, 'log'>): void {
  for (const error of errors ?? []) {
    if (isUnexpected(error)) log.error({ err: causeOf(error) }, 'An operation failed unexpectedly');
  }
}
