import { GraphQLError, type ExecutionResult } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { ServiceBusyError } from '../../base/errors/domain-error.ts';
import type { Slots } from '../../base/async/slots.ts';
import { maskError } from './mask-error.ts';

/** Limits subscriptions, over either transport: each holds a slot from its beginning to its end. */
export function limitSubscriptions(slots: Slots): Plugin {
  return {
    onSubscribe({ subscribeFn, setSubscribeFn }) {
      setSubscribeFn(async (args) => {
        let end: () => void;
        try {
          end = slots.take();
        } catch (error) {
          if (error instanceof ServiceBusyError) return { errors: [maskError(error)] } satisfies ExecutionResult;
          throw error;
        }
        try {
          const result: unknown = await subscribeFn(args);
          if (!isAsyncIterable(result)) end();
          else return endWith(result, end);
          return result;
        } catch (error) {
          end();
          throw error;
        }
      });
    },
  };
}

/** Returns the same values, and calls `end` however the source ends: also where no value was ever asked for. */
function endWith<T>(source: AsyncIterable<T>, end: () => void): AsyncIterableIterator<T> {
  const iterator = source[Symbol.asyncIterator]();
  return {
    async next() {
      try {
        const step = await iterator.next();
        if (step.done) end();
        return step;
      } catch (error) {
        end();
        throw error;
      }
    },
    async return(value?: T) {
      end();
      return (await iterator.return?.(value)) ?? { done: true, value };
    },
    async throw(error?: unknown) {
      end();
      if (iterator.throw) return iterator.throw(error);
      throw error instanceof GraphQLError ? error : new Error('the subscription was ended', { cause: error });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
