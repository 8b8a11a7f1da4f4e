import type { GraphQLParams } from 'graphql-yoga';
import type { ExpectedFiles } from './expected-files.ts';
import { insertFile, MultipartError, MultipartTooLargeError, parseMap, parseOperations } from './multipart-fields.ts';

/** The fields of a multipart request on their way to graphql-upload-minimal. */
export interface OperationFields {
  /**
   * Reads a field. Returns what the library gets in its place: a list as operations, and as map one place of that list
   * for each file; null where it gets nothing. Throws MultipartError where no operation can be read.
   */
  read(name: string, text: string, isCut: boolean): string | null;
  /** Returns which field has not been read yet; null when both have. */
  missing(): 'operations' | 'map' | null;
  /** Returns the operation, with files in their places. Throws MultipartError before both fields have been read. */
  operation(): GraphQLParams;
}

export const maxFieldBytes = 1024 * 1024;

/**
 * The library never sees a path of the client: it would follow it into prototypes, and over values that are no null.
 */
export function createOperationFields(files: Pick<ExpectedFiles, 'expect'>): OperationFields {
  let operation: GraphQLParams | undefined;
  let isMapped = false;

  return {
    read(name, text, isCut) {
      if (name !== 'operations' && name !== 'map') return null;
      if (isCut) throw new MultipartTooLargeError(`The field "${name}" has more than ${maxFieldBytes} bytes.`);
      if (name === 'operations') {
        operation ??= parseOperations(text);
        return '[]';
      }
      if (!operation) throw new MultipartError('The field "map" comes before "operations".');
      const map = [...parseMap(text)];
      for (const [, paths] of map) {
        const file = files.expect();
        for (const path of paths) insertFile(operation, path, file);
      }
      isMapped = true;
      return JSON.stringify(Object.fromEntries(map.map(([file], place) => [file, [String(place)]])));
    },
    missing,
    operation() {
      if (!operation || !isMapped) throw new MultipartError(`The field "${missing()}" is missing.`);
      return operation;
    },
  };

  function missing() {
    if (!operation) return 'operations';
    return isMapped ? null : 'map';
  }
}
