import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findNodes } from '../../src/base/bus/data-folder-nodes.ts';
import { readDataFolderToken } from '../../src/base/bus/data-folder-token.ts';
import { examineNodes } from '../../src/commands/examine-nodes.ts';
import { loadSettings } from '../../src/base/config/settings.ts';
import { describeOnPostgresql } from '../support/databases.ts';
import { startTestService, type TestService } from '../support/test-service.ts';
import { addressOf, outcomeOf } from '../support/tus.ts';
import { startNodeBeside, startTwoNodes } from '../support/two-nodes.ts';
import { makePicture } from '../support/upload.ts';

const tus = { 'Tus-Resumable': '1.0.0' };

/** Begins a resumable upload and returns its path. */
async function begin(node: TestService, bytes: Buffer, details: Record<string, string>): Promise<string> {
  const metadata = Object.entries(details).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`);
  const headers = { ...tus, 'Upload-Length': String(bytes.length), 'Upload-Metadata': metadata.join(',') };
  const answer = await fetch(addressOf(node), { method: 'POST', headers });
  return new URL(answer.headers.get('Location') ?? '', node.url).pathname;
}

function goOn(node: TestService, path: string, offset: number, bytes: Buffer): Promise<Response> {
  const headers = { ...tus, 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' };
  return fetch(new URL(path, node.url), { method: 'PATCH', headers, body: new Uint8Array(bytes) });
}

const readStatus = async (node: TestService) =>
  (await node.post({ query: '{ serviceStatus { sharedData { state detail } } }' })).body.data;

describeOnPostgresql('nodes', (open) => {
  it('start on one data folder alone, and beside another one not before the others have ended', async () => {
    const first = await startTestService({ databaseUrl: open.url() });
    const second = await startNodeBeside(first, open.url());
    const fine = { serviceStatus: { sharedData: { state: 'OK', detail: null } } };
    expect([await readStatus(first), await readStatus(second)]).toEqual([fine, fine]);
    const token = await readDataFolderToken(join(first.folder, 'data'));
    expect(await findNodes(await open(), token)).toMatchObject({ here: 2, elsewhere: 0 });

    const elsewhere = startTestService({ databaseUrl: open.url() });
    await expect(elsewhere).rejects.toMatchObject({
      code: 'OTHER_DATA_DIR',
      message: expect.stringMatching(/^2 other nodes work \(127\.0\.0\.1\) on this database .* set DATA_DIR to it/),
    });
    const settings = loadSettings({ DATABASE_URL: open.url() }, join(first.folder, 'elsewhere'));
    expect((await examineNodes(settings))[0]).toMatchObject({ state: 'fault' });
    const here = loadSettings({ DATABASE_URL: open.url(), DATA_DIR: join(first.folder, 'data') }, '/');
    expect((await examineNodes(here)).map(({ state, text }) => `${state}: ${text}`)).toEqual([
      'ok: 2 nodes at work on the database, with this DATA_DIR',
      'ok: the clock agrees with that of PostgreSQL',
      expect.stringMatching(/PostgreSQL takes \d+ connections, of which \d+ are taken; a node takes up to 10/),
    ]);
    await second.close();
    await first.app.close(0);
    await expect.poll(async () => (await findNodes(await open(), token)).here).toBe(0);
    await startTestService({ databaseUrl: open.url() });
  });

  it('are known again after a break', async () => {
    const node = await startTestService({ databaseUrl: open.url() });
    const token = await readDataFolderToken(join(node.folder, 'data'));
    const database = await open();
    node.app.peers.session?.renew();
    await expect.poll(() => node.app.peers.session?.isConnected()).toBe(true);
    await expect.poll(() => findNodes(database, token)).toMatchObject({ here: 1, elsewhere: 0 });
  });

  it('go on with an upload that another one began, and store it once, however many end it at once', async () => {
    const [a, b] = await startTwoNodes(open.url());
    const bytes = await makePicture();
    const half = bytes.length >> 1;
    const details = { filename: 'a.png', category: 'photos', allowDuplicate: 'true' };
    for (let round = 1; round <= 3; round += 1) {
      const path = await begin(a, bytes, details);
      expect((await goOn(a, path, 0, bytes.subarray(0, half))).status).toBe(204);
      const ends = await Promise.all([a, b, a, b].map((node) => goOn(node, path, half, bytes.subarray(half))));
      const items = ends.flatMap(({ status, headers }) =>
        status === 204 ? outcomeOf((name) => headers.get(name)).item : [],
      );
      expect(new Set(items).size).toBe(1);
      expect(await a.app.database.prisma.mediaItem.count()).toBe(round);
    }
  });
});
