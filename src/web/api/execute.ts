import type { TypedDocumentString } from '../generated/graphql.ts';
import { SignedOutError, toServiceError, UnreachableError } from './api-errors.ts';
import { toRequestBody } from './request-body.ts';
import { currentSession } from './signed-out.ts';
import { noteAnswer, noteFailure } from './trouble.ts';

/** Where the service is seen: the folder of the page. */
export const base = new URL('.', document.baseURI);

interface Answer<Result> {
  data?: Result | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/**
 * Carries out an operation, which the service knows by its hash. Throws SignedOutError, UnreachableError where nothing
 * that makes sense answers, and ServiceError for whatever the service refuses.
 */
export async function execute<Result, Variables>(
  operation: TypedDocumentString<Result, Variables>,
  variables: Variables | undefined,
  signal?: AbortSignal,
): Promise<Result> {
  try {
    const result = await answerOf(operation, variables, signal);
    noteAnswer();
    return result;
  } catch (error) {
    if (signal?.aborted !== true) noteFailure(error);
    throw error;
  }
}

/** The hash by which the service knows a document. */
export function hashOf<Result, Variables>(operation: TypedDocumentString<Result, Variables>): string {
  return String(operation.__meta__?.hash);
}

async function answerOf<Result, Variables>(
  operation: TypedDocumentString<Result, Variables>,
  variables: Variables | undefined,
  signal: AbortSignal | undefined,
): Promise<Result> {
  const session = currentSession();
  const response = await send({ documentId: hashOf(operation), ...(variables !== undefined && { variables }) }, signal);
  const answer = await read<Result>(response, session);
  const [error] = answer.errors ?? [];
  if (error !== undefined) throw toError(response, session, error.message, error.extensions?.code);
  if (answer.data === undefined || answer.data === null) throw new UnreachableError('nonsense');
  return answer.data;
}

async function send(request: Parameters<typeof toRequestBody>[0], signal: AbortSignal | undefined): Promise<Response> {
  const { body, headers } = toRequestBody(request);
  try {
    return await fetch(new URL('graphql', base), {
      method: 'POST',
      headers: { ...headers, accept: 'application/graphql-response+json, application/json' },
      body,
      credentials: 'same-origin',
      ...(signal && { signal }),
    });
  } catch (cause) {
    if (signal?.aborted === true) throw cause;
    throw new UnreachableError('nothing', { cause });
  }
}

async function read<Result>(response: Response, session: number): Promise<Answer<Result>> {
  let answer: unknown;
  try {
    answer = await response.json();
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new UnreachableError(isHalf(response, cause) ? 'nothing' : 'nonsense', { cause });
  }
  if (typeof answer !== 'object' || answer === null) throw new UnreachableError('nonsense');
  if ('data' in answer || 'errors' in answer) return answer as Answer<Result>;
  // A problem document: what the service says before it begins with an operation.
  const { detail, code } = answer as { detail?: unknown; code?: unknown };
  if (typeof detail !== 'string') throw new UnreachableError('nonsense');
  throw toError(response, session, detail, typeof code === 'string' ? code : undefined);
}

/** Whether the service is away behind a proxy that says so in its own words, or went away in the middle of an answer. */
function isHalf({ headers, status }: Response, cause: unknown): boolean {
  const isText = cause instanceof SyntaxError;
  return status >= 500 || !isText || /\bjson\b/.test(headers.get('content-type') ?? '');
}

const signedOutCodes = new Set(['UNAUTHENTICATED', 'SESSION_ENDED']);

function toError(response: Response, session: number, message: string, code: string | undefined): Error {
  const isSignedOut = response.status === 401 || (code !== undefined && signedOutCodes.has(code));
  return isSignedOut ? new SignedOutError(message, session) : toServiceError(response, message, code);
}
