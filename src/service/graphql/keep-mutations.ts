import { getOperationAST, OperationTypeNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** Answers a mutation when what it did outlives a power cut: whoever was told that something is stored finds it there. */
export function keepMutations({ flush }: { flush: () => Promise<void> }): Plugin {
  return {
    onExecute({ args: { document, operationName } }) {
      if (getOperationAST(document, operationName)?.operation !== OperationTypeNode.MUTATION) return undefined;
      return { onExecuteDone: () => flush() };
    },
  };
}
