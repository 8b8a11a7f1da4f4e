import { getOperationAST, type DocumentNode, type ExecutionResult } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { OperationFacts } from '../../base/observability/metrics.ts';
import type { Observability } from '../../base/observability/open-observability.ts';
import type { OpenSpan } from '../../base/observability/tracing.ts';
import type { GraphQLContext } from '../schema/context.ts';
import { isUnexpected } from './mask-error.ts';

interface Executed {
  document: DocumentNode;
  operationName?: string | null | undefined;
  contextValue?: unknown;
}

/**
 * Counts and traces operations, over either transport; of a subscription, the start alone. Variables and documents stay
 * out.
 */
export function observeOperations({
  metrics,
  tracing,
}: Pick<Observability, 'metrics' | 'tracing'>): Plugin<GraphQLContext> {
  if (metrics === null && tracing === null) return {};

  function begin({ document, operationName, contextValue }: Executed) {
    const startedAt = performance.now();
    const operation = getOperationAST(document, operationName);
    const kind = operation?.operation ?? 'query';
    const name = operation?.name?.value ?? null;
    const span: OpenSpan | undefined = tracing?.begin(name === null ? kind : `${kind} ${name}`, 'internal', {
      'graphql.operation.type': kind,
      ...(name !== null && { 'graphql.operation.name': name }),
    });
    return {
      span,
      end(outcome: OperationFacts['outcome']) {
        const isKnown = (contextValue as Partial<GraphQLContext> | undefined)?.viewer != null;
        const seconds = (performance.now() - startedAt) / 1000;
        metrics?.operation({ name: isKnown ? name : null, kind, outcome, seconds });
        if (outcome === 'failed') span?.fail(new Error('failed'));
        span?.set({ 'graphql.outcome': outcome });
        span?.end();
      },
    };
  }

  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const operation = begin(args);
      const { span } = operation;
      if (span) setExecuteFn((given) => span.within(() => executeFn(given)));
      return { onExecuteDone: ({ result }) => operation.end(outcomeOf(result)) };
    },
    onSubscribe({ args, subscribeFn, setSubscribeFn }) {
      const operation = begin(args);
      const { span } = operation;
      if (span) setSubscribeFn((given) => span.within(() => subscribeFn(given)));
      return {
        onSubscribeResult: ({ result }) => operation.end(outcomeOf(result)),
      };
    },
  };
}

function outcomeOf(result: unknown): OperationFacts['outcome'] {
  const errors = isAsyncIterable(result) ? [] : ((result as ExecutionResult).errors ?? []);
  if (errors.length === 0) return 'ok';
  return errors.some(isUnexpected) ? 'failed' : 'refused';
}
