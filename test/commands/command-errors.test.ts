import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { graphql } from '../../src/commands/generated/gql.ts';
import { toListenError } from '../../src/commands/command-errors.ts';
import { requestGraphQL } from '../../src/commands/graphql-client.ts';

const Reload = graphql(/* GraphQL */ `
  mutation ReloadMediaConfig {
    reloadMediaConfig {
      __typename
      ... on MediaConfig {
        path
        categoryKeys
        warnings
      }
      ... on Error {
        message
      }
    }
  }
`);

async function listen(host: string, port: number): Promise<AddressInfo> {
  const server = createServer((_request, response) => response.end('<html>another program</html>'));
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return server.address() as AddressInfo;
}

it('a taken port and a foreign address are one sentence that names the setting', async () => {
  const { port } = await listen('127.0.0.1', 0);
  const taken = await listen('127.0.0.1', port).catch((error: unknown) => error);
  expect(toListenError(taken, { host: '127.0.0.1', port })).toMatchObject({
    code: 'CANNOT_LISTEN',
    message: `Port ${port} of 127.0.0.1 is taken by another program: stop that one, or set PORT to a free one.`,
  });
  const foreign = await listen('203.0.113.1', 0).catch((error: unknown) => error);
  expect(toListenError(foreign, { host: '203.0.113.1', port })).toMatchObject({
    message: expect.stringMatching(/^HOST is 203\.0\.113\.1, which is no address of this machine/),
  });
  const bug = new TypeError('a bug');
  expect(toListenError(bug, { host: '127.0.0.1', port })).toBe(bug);
});

it('no service, or another program in its place, is one sentence', async () => {
  const { port } = await listen('127.0.0.1', 0);
  await expect(requestGraphQL(`http://127.0.0.1:${port}/graphql`, Reload)).rejects.toMatchObject({
    code: 'SERVICE_REQUEST_FAILED',
    message: `What answers at http://127.0.0.1:${port}/graphql is not mediashelf (status 200). Are HOST and PORT those of the service?`,
  });
  await expect(requestGraphQL('http://127.0.0.1:1/graphql', Reload)).rejects.toMatchObject({
    code: 'SERVICE_REQUEST_FAILED',
    message: 'No service answers at http://127.0.0.1:1/graphql. Is it running, with the same HOST and PORT?',
  });
});
