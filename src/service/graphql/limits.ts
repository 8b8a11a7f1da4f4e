import { blockFieldSuggestionsPlugin } from '@escape.tech/graphql-armor-block-field-suggestions';
import { costLimitPlugin } from '@escape.tech/graphql-armor-cost-limit';
import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesPlugin } from '@escape.tech/graphql-armor-max-directives';
import { useDisableIntrospection } from '@graphql-yoga/plugin-disable-introspection';
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
    maxDepthPlugin({ n: limits.depth, ignoreIntrospection: introspection }),
    maxAliasesPlugin({ n: limits.aliases, allowList: [] }),
    maxDirectivesPlugin({ n: limits.directives }),
    costLimitPlugin({ maxCost: limits.cost, ignoreIntrospection: introspection }),
    ...(introspection ? [] : [useDisableIntrospection(), blockFieldSuggestionsPlugin()]),
  ];
  return plugins as Plugin[];
}

/** Answers a longer document with a syntax error, instead of working through it. */
function limitTokens(maxTokenCount: number): Plugin {
  return {
    onParse({ parseFn, setParseFn }) {
      setParseFn((source, options) => parseFn(source, { ...options, maxTokens: maxTokenCount }));
    },
  };
}
