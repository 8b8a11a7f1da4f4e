import { createHash } from 'node:crypto';
import { createServer, request as forwardRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import S3rver from '@20minutes/s3rver';
import { onTestFinished, vi } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

/** A real S3 server, behind a door that checks the checksums of what comes in, as S3 does, and can misbehave. */
export interface S3Server {
  /** For a test service. */
  environment: Record<string, string>;
  /** `METHOD path` of every request that came in, without its query. */
  requests: string[];
  /** How many of the next requests are refused as "slow down". */
  failures: number;
  /** Changes a byte of each upload on its way. */
  isTampering: boolean;
  /** Uploads that came without a checksum. */
  unchecked: string[];
}

const bucket = 'analysis';
const keys = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' };

/** Starts one with an empty bucket; it ends with the test. */
export async function startS3Server(): Promise<S3Server> {
  for (const [name, value] of Object.entries(keys)) vi.stubEnv(name, value);
  const directory = await temporaryFolder();
  // It takes the signature of `/bucket/` for one of `/bucket`.
  const options = { port: 0, silent: true, directory, allowMismatchedSignatures: true };
  const store = new S3rver({ ...options, configureBuckets: [{ name: bucket }] });
  const { port } = await store.run();
  const state: S3Server = { environment: {}, requests: [], failures: 0, isTampering: false, unchecked: [] };
  const door = createServer((request, response) => void pass(state, port, request, response));
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const { port: doorPort } = door.address() as AddressInfo;
  state.environment = { S3_BUCKET: bucket, S3_ENDPOINT: `http://127.0.0.1:${doorPort}` };
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    door.closeAllConnections();
    door.close();
    await store.close();
  });
  return state;
}

async function pass(state: S3Server, port: number, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url = '', headers } = request;
  const body = await buffer(request);
  const name = `${method} ${url.split('?', 1)[0]}`;
  state.requests.push(name);
  if (state.failures > 0) {
    state.failures -= 1;
    refuse(response, 503, 'SlowDown');
    return;
  }
  if (method === 'PUT') {
    if (state.isTampering && body.length > 0) body[0] = (body[0] ?? 0) ^ 0xff;
    const promised = headers['x-amz-checksum-sha256'];
    if (promised === undefined) state.unchecked.push(name);
    else if (promised !== createHash('sha256').update(body).digest('base64')) {
      refuse(response, 400, 'BadDigest');
      return;
    }
  }
  // A connection that was kept may be one that the store ends just now.
  const forwarded = forwardRequest({ port, method, path: url, headers, agent: false }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  });
  forwarded.on('error', () => response.destroy());
  forwarded.end(body);
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}
