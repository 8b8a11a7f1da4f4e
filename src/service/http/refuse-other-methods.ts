import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from './problem.ts';

/** Answers whatever is neither GET nor HEAD with 405 at these addresses, which are read from and nothing else. */
export function refuseOtherMethods(fastify: FastifyInstance, urls: readonly string[]): void {
  const method = fastify.supportedMethods.filter((name) => name !== 'GET' && name !== 'HEAD');
  for (const url of urls) {
    // In onRequest, so that nobody waits for a body, or finds fault with it, that is not wanted.
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
