import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from './problem.ts';

/** Answers all methods but GET and HEAD with 405 at these addresses, which can only be read. */
export function refuseOtherMethods(fastify: FastifyInstance, urls: readonly string[]): void {
  const method = fastify.supportedMethods.filter((name) => name !== 'GET' && name !== 'HEAD');
  for (const url of urls) {
    // The refusal is an onRequest hook, so that the body is neither waited for nor parsed.
    fastify.route({ method, url, onRequest: refuse, handler: refuse });
  }
}

async function refuse(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  return sendProblem(reply.header('allow', 'GET, HEAD'), {
    status: 405,
    detail: `${request.method} is not possible here: it is read with GET or HEAD.`,
    code: 'METHOD_NOT_ALLOWED',
  });
}
