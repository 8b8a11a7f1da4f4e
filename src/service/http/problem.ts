import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';

/** The reason why a request was not answered as asked, in the shape of RFC 9457, with a stable code of this service. */
export interface Problem {
  status: number;
  /** A short text, the same for every problem of this kind; left out, the reason phrase of the status. */
  title?: string;
  /** What was wrong this time, and what would be right. */
  detail: string;
  code: string;
  /** The time after which a new attempt may succeed. */
  retryAfterSeconds?: number;
}

/** Answers with a problem document that no cache keeps. Headers that were set before, such as Allow, stay. */
export function sendProblem(
  reply: FastifyReply,
  { status, title, detail, code, retryAfterSeconds }: Problem,
): FastifyReply {
  const body = { status, title: title ?? STATUS_CODES[status], detail, code };
  if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds);
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .type('application/problem+json')
    .send(body);
}
