import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { Upload, type UploadOptions } from 'tus-js-client';
import { onTestFinished } from 'vitest';
import type { TestService } from './test-service.ts';

/** Returns the address of resumable uploads. */
export const addressOf = ({ url }: TestService) => url.replace('/graphql', '/uploads');

export interface TusAnswer {
  item: string;
  body: { id: string; isStored: boolean; duplicateOf: string | null };
}

/** Sends a file with the client that browsers use. */
export function send(
  endpoint: string,
  bytes: Buffer,
  metadata: Record<string, string>,
  options: Partial<UploadOptions> = {},
) {
  return new Promise<TusAnswer>((resolve, reject) => {
    new Upload(bytes, {
      endpoint,
      metadata,
      retryDelays: [20, 100, 300, 1000],
      onError: reject,
      onSuccess: ({ lastResponse }) => resolve(outcomeOf((name) => lastResponse.getHeader(name))),
      ...options,
    }).start();
  });
}

/** The last answer of an upload has no body: what became of it is in the headers. */
export function outcomeOf(read: (header: string) => string | null | undefined): TusAnswer {
  const id = read('Mediashelf-Item') ?? '';
  const body = {
    id,
    isStored: read('Mediashelf-Stored') === 'true',
    duplicateOf: read('Mediashelf-Duplicate-Of') ?? null,
  };
  return { item: id, body };
}

/** Between a client and the service; it cuts the first connections after so many bytes, and may lose the first answer. */
export async function startCuttingProxy(
  target: string,
  cutAfter: number[],
  losesAnswer = (_answer: string): boolean => false,
): Promise<{ url: string; cuts: number; bytes: number }> {
  const { hostname, port, pathname } = new URL(target);
  const state = { url: '', cuts: 0, bytes: 0 };
  const proxy: Server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    let bytes = 0;
    const limit = cutAfter[state.cuts];
    client.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      state.bytes += chunk.length;
      upstream.write(chunk);
      if (limit !== undefined && bytes > limit) {
        state.cuts += 1;
        client.resetAndDestroy();
        upstream.resetAndDestroy();
      }
    });
    upstream.on('data', (chunk: Buffer) => {
      if (state.cuts > 0 || !losesAnswer(chunk.toString('latin1'))) client.write(chunk);
      else {
        state.cuts += 1;
        client.resetAndDestroy();
      }
    });
    for (const socket of [client, upstream]) socket.on('error', () => undefined);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.end());
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void proxy.close());
  state.url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}${pathname}`;
  return state;
}

/** Sends a request of the protocol. */
export function ask(
  url: string,
  method: string,
  headers: Record<string, string> = {},
  body?: Buffer,
): Promise<Response> {
  const given = { 'tus-resumable': '1.0.0', ...headers };
  return fetch(url, { method, headers: given, ...(body && { body: new Uint8Array(body) }) });
}
