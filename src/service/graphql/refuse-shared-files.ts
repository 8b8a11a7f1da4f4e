import { getOperationAST, Kind, visit, type ASTNode, type DocumentNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { BrokenUploadError } from '../../base/errors/domain-error.ts';
import { IncomingFile } from '../schema/incoming-file.ts';
import { maskError } from './mask-error.ts';

/**
 * Refuses an operation that uses one file twice, before anything of it is stored: a file streams once, from the request
 * to its place.
 */
export function refuseSharedFiles(): Plugin {
  return {
    onExecute({ args: { document, operationName, variableValues }, setResultAndStopExecution }) {
      const files = Object.entries(variableValues ?? {}).map(([name, value]) => [name, filesIn(value)] as const);
      if (files.every(([, found]) => found.length === 0)) return;
      const operation = getOperationAST(document, operationName);
      const used = operation ? variablesIn(operation, document) : [];
      const opened = used.flatMap((name) => files.find(([variable]) => variable === name)?.[1] ?? []);
      if (new Set(opened).size === opened.length) return;
      const error = new BrokenUploadError(
        'One file of a request can stand in one place only. Send it once for each place where the operation uses it.',
      );
      setResultAndStopExecution({ errors: [maskError(error)] });
    },
  };
}

/** Returns the files of a value, one of them as often as it stands there. */
function filesIn(value: unknown): IncomingFile[] {
  if (value instanceof IncomingFile) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(filesIn) : [];
}

/** Returns the variables that the operation uses, also through fragments, each as often as it does. */
function variablesIn(node: ASTNode, document: DocumentNode): string[] {
  const used: string[] = [];
  visit(node, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.push(name.value),
    FragmentSpread({ name }) {
      const fragment = document.definitions.find(
        (definition) => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name.value,
      );
      if (fragment) used.push(...variablesIn(fragment, document));
    },
  });
  return used;
}
