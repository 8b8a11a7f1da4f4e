import type { Plugin } from 'graphql-yoga';

/** Many times what people and frontends write, and well below what parser and validation nest without overflowing. */
const mostTokens = 2_000;

/** Answers a longer document with a syntax error, instead of working through it. */
export function limitTokens(): Plugin {
  return {
    onParse({ parseFn, setParseFn }) {
      setParseFn((source, options) => parseFn(source, { ...options, maxTokens: mostTokens }));
    },
  };
}
