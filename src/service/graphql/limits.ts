import { blockFieldSuggestionsPlugin } from '@escape.tech/graphql-armor-block-field-suggestions';
import { costLimitPlugin } from '@escape.tech/graphql-armor-cost-limit';
import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesPlugin } from '@escape.tech/graphql-armor-max-directives';
import { useDisableIntrospection } from '@graphql-yoga/plugin-disable-introspection';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { GraphQLLimits } from '../../base/config/settings.ts';

interface LimitOptions {
  limits: GraphQLLimits;
  /** Whether clients may ask for the schema, and get suggestions for names that they misspell. */
  introspection: boolean;
}

/**
 * Refuses operations over a limit before a resolver runs. Introspection is exempt: it is deeper than other operations.
 */
export function limitOperations({ limits, introspection }: LimitOptions): Plugin[] {
  const plugins = [
    limitTokens(limits.tokens),
    maxDepthPlugin({ ...marked, n: limits.depth, ignoreIntrospection: introspection }),
    maxAliasesPlugin({ ...marked, n: limits.aliases, allowList: [] }),
    maxDirectivesPlugin({ ...marked, n: limits.directives }),
    costLimitPlugin({ ...marked, maxCost: limits.cost, ignoreIntrospection: introspection }),
    ...(introspection ? [] : [useDisableIntrospection(), blockFieldSuggestionsPlugin()]),
  ];
  return plugins as Plugin[];
}

/** The libraries call what is beyond their limits a syntax error. */
const marked = { onReject: [(_context: unknown, error: GraphQLError) => void markLimit(error)] };

function markLimit(error: GraphQLError): GraphQLError {
  error.message = error.message.replace(/^Syntax Error: /, '');
  error.extensions.code = 'LIMIT_EXCEEDED';
  return error;
}

/** Refuses a longer document, instead of working through it. */
function limitTokens(maxTokenCount: number): Plugin {
  return {
    onParse({ parseFn, setParseFn }) {
      setParseFn((source: string, options: object) => {
        try {
          return parseFn(source, { ...options, maxTokens: maxTokenCount });
        } catch (error) {
          if (error instanceof GraphQLError && error.message.includes(`more that ${maxTokenCount} tokens`)) {
            throw markLimit(error);
          }
          throw error;
        }
      });
    },
  };
}
