import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';

/** Why a request was not answered as asked, in the shape of RFC 9457, with the stable code of this service beside it. */
export interface Problem {
  status: number;
  /** Short, and the same for every problem of this kind; the status' own phrase where there is nothing better. */
  title?: string;
  /** What was wrong this time, and what would be right. */
  detail: string;
  code: string;
  /** When it is worth asking again. */
  retryAfterSeconds?: number;
}

/** Answers with a problem document, which no cache keeps. Headers that were set before, such as Allow, stay. */
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
