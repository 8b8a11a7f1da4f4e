import { getOperationAST, OperationTypeNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/**
 * Answers a mutation only after its changes are flushed to the disk: what a client was promised outlives a power cut.
 */
export function flushMutations({ flush }: { flush: () => Promise<void> }): Plugin {
  return {
    onExecute({ args: { document, operationName } }) {
      if (getOperationAST(document, operationName)?.operation !== OperationTypeNode.MUTATION) return undefined;
      return { onExecuteDone: () => flush() };
    },
  };
}
