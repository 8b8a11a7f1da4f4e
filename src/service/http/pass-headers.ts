import type { ServerResponse } from 'node:http';

interface Sender {
  getHeaders(): Record<string, string | number | string[] | undefined>;
  raw: ServerResponse;
}

/** Puts the headers that hooks have set, such as those of security and CORS, on an answer that Fastify does not send. */
export function passHeaders({ id }: { id: string }, reply: Sender): void {
  reply.raw.setHeader('x-request-id', id);
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
}
