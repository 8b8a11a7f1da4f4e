import type { Plugin } from 'graphql-yoga';

/** Answers a longer document with a syntax error, instead of working through it. */
export function limitTokens(mostTokens: number): Plugin {
  return {
    onParse({ parseFn, setParseFn }) {
      setParseFn((source, options) => parseFn(source, { ...options, maxTokens: mostTokens }));
    },
  };
}
