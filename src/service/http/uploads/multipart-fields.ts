import type { GraphQLParams } from 'graphql-yoga';
import type { IncomingFile } from '../../schema/incoming-file.ts';
import { DomainError } from '../../../base/errors/domain-error.ts';

/** No operation can be read from the multipart request. */
export class MultipartError extends DomainError {
  readonly code: 'BAD_MULTIPART_REQUEST' | 'MULTIPART_REQUEST_TOO_LARGE' = 'BAD_MULTIPART_REQUEST';
  readonly httpStatus: number = 400;

  constructor(reason: string, options?: ErrorOptions) {
    super(
      `${reason} The field "operations" comes first, then "map", then the files, as the GraphQL multipart request specification has it.`,
      options,
    );
  }
}

/** The multipart request has more fields, bytes or files than are read. */
export class MultipartTooLargeError extends MultipartError {
  override readonly code = 'MULTIPART_REQUEST_TOO_LARGE';
  override readonly httpStatus = 413;
}

/** The specification's `map`: for each file of the request, the paths in the operation where it belongs. */
export type FileMap = ReadonlyMap<string, readonly string[]>;

const maxFiles = 100;

/** Parses the field "operations". Throws MultipartError for anything but one operation: batches are not answered. */
export function parseOperations(text: string): GraphQLParams {
  const operations = parseJson(text, 'operations');
  if (!isObject(operations)) throw new MultipartError('The field "operations" is not one operation as a JSON object.');
  return operations;
}

/**
 * Parses the field "map". Throws MultipartError for anything but lists of paths, MultipartTooLargeError for too many.
 */
export function parseMap(text: string): FileMap {
  const map = parseJson(text, 'map');
  const entries = isObject(map) ? Object.entries(map) : [];
  if (!isObject(map) || !entries.every(isEntry)) {
    throw new MultipartError('The field "map" is no JSON object of lists, such as {"0": ["variables.file"]}.');
  }
  if (entries.length > maxFiles) throw new MultipartTooLargeError(`There are more than ${maxFiles} files.`);
  return new Map(entries);
}

/** Replaces the null at the path with the file. Throws MultipartError where there is none. */
export function insertFile(operation: GraphQLParams, path: string, file: IncomingFile): void {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let parent: unknown = operation;
  for (const step of steps) parent = ownValue(parent, step);
  if (steps[0] !== 'variables' || ownValue(parent, last) !== null) {
    throw new MultipartError(`The map names "${path.slice(0, 100)}", and there is no null in that place.`);
  }
  (parent as Record<string, unknown>)[last] = file;
}

/** Reads nothing inherited: a path through a prototype would change every object of the service. */
function ownValue(parent: unknown, step: string): unknown {
  return typeof parent === 'object' && parent !== null && Object.hasOwn(parent, step)
    ? (parent as Record<string, unknown>)[step]
    : undefined;
}

function parseJson(text: string, field: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new MultipartError(`The field "${field}" is no JSON.`, { cause });
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEntry(entry: [string, unknown]): entry is [string, string[]] {
  return Array.isArray(entry[1]) && entry[1].every((path) => typeof path === 'string');
}
