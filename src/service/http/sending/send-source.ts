import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import type { ByteSource } from '../../../library/delivery/byte-source.ts';
import { evaluateRequest } from './evaluate-request.ts';
import { sendProblem, type Problem } from '../problem.ts';
import { reportWhenSent } from './response-sink.ts';
import { sendStream } from './send-stream.ts';

interface SendOptions {
  /** The headers that describe the file, without its length, range and validators. */
  headers: Record<string, string>;
  cacheControl: string;
  log: Pick<FastifyBaseLogger, 'warn'>;
  /** The signal is aborted when the client leaves. */
  signal: AbortSignal;
}

/**
 * Answers a request with the bytes that it asks for; the caller closes the source. Throws errors that occur before the
 * first byte; sendStream handles later ones.
 */
export async function sendSource(
  request: FastifyRequest,
  reply: FastifyReply,
  source: ByteSource,
  { headers, cacheControl, log, signal }: SendOptions,
): Promise<FastifyReply> {
  const decision = evaluateRequest(request, source, new Date());
  if (decision.status === 412 || decision.status === 416) {
    return sendProblem(reply.headers(decision.headers), refusals[decision.status]);
  }
  reply.code(decision.status).header('cache-control', cacheControl);
  // A 304 repeats no header that the client already has (RFC 9110 §15.4.5).
  const sent = decision.status === 304 ? decision.headers : { ...headers, ...decision.headers };
  const { range } = decision;
  if (range === null) return reply.headers(sent).send();
  const sizeBytes = range.end - range.start + 1;
  if (source.bytes !== undefined) {
    reportWhenSent(reply.raw, sizeBytes);
    return reply.headers(sent).send(source.bytes.subarray(range.start, range.end + 1));
  }
  const open = () => source.open(range, signal);
  await sendStream(request, reply, { open, headers: sent, sizeBytes, name: 'a stream', log, signal });
  return reply;
}

const refusals: Record<412 | 416, Problem> = {
  412: {
    status: 412,
    detail: 'The file is not, or not any more, the version that If-Match or If-Unmodified-Since names.',
    code: 'PRECONDITION_FAILED',
  },
  416: {
    status: 416,
    detail: 'The range begins after the end of the file, whose size Content-Range tells.',
    code: 'RANGE_NOT_SATISFIABLE',
  },
};
