import { errors } from 'undici';
import { UpstreamBrokenError, UpstreamTimeoutError, UpstreamUnreachableError } from './copyparty-errors.ts';

/** Converts a failure before any answer; an error that is no failure of the network stays as it is. */
export function toUpstreamError(error: unknown): unknown {
  const code = codeOf(error);
  if (code === 'UND_ERR_HEADERS_TIMEOUT') return new UpstreamTimeoutError({ cause: error });
  if (error instanceof errors.HTTPParserError || error instanceof errors.HeadersOverflowError) {
    return new UpstreamBrokenError('the answer is no HTTP', { cause: error });
  }
  if (code !== undefined && !programmingErrors.has(code)) return new UpstreamUnreachableError({ cause: error });
  return error;
}

/**
 * Whether a connection was closed under a request. copyparty may close an idle one at the moment that it is used again,
 * which is nobody's fault: a GET may then be sent once more (RFC 9110 §9.2.2, RFC 9112 §9.3.1).
 */
export function isClosedConnection(error: unknown): boolean {
  return closedConnection.has(codeOf(error) ?? '');
}

const closedConnection = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);
const programmingErrors = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_DESTROYED', 'UND_ERR_CLOSED', 'ABORT_ERR']);

/** The code that errors of the system, undici and OpenSSL have: all that concern the way to copyparty. */
function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
