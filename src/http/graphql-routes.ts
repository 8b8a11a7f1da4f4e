import type { FastifyPluginAsync } from 'fastify';
import type { Logger } from 'pino';
import type { GraphQLServer } from '../graphql/yoga.ts';
import { sendProblem } from './problem.ts';

/** `/graphql`: operations over HTTP, subscriptions as server-sent events, GraphiQL for a browser. Yoga answers all of it. */
export function graphqlRoutes(graphql: GraphQLServer): FastifyPluginAsync {
  return async (fastify) => {
    // Yoga reads the body from the socket itself.
    fastify.removeAllContentTypeParsers();
    fastify.addContentTypeParser('*', (_request, _payload, done) => done(null));
    fastify.route({
      url: '/graphql',
      method: ['GET', 'POST', 'OPTIONS'],
      // A form or a text body reaches any server from any web page, without the browser asking first.
      async onRequest(request, reply) {
        if (request.method !== 'POST' || isJson(request.headers['content-type'])) return;
        await sendProblem(reply, {
          status: 415,
          detail: 'Send operations as JSON, with the header `Content-Type: application/json`.',
          code: 'UNSUPPORTED_MEDIA_TYPE',
        });
      },
      async handler(request, reply) {
        reply.hijack();
        const left = new AbortController();
        reply.raw.once('close', () => left.abort());
        reply.raw.setHeader('x-request-id', request.id);
        await graphql.handle(request.raw, reply.raw, { log: request.log as Logger, signal: left.signal });
      },
    });
  };
}

function isJson(contentType: string | undefined): boolean {
  return /^application\/(graphql\+)?json\s*(;|$)/i.test(contentType ?? '');
}
