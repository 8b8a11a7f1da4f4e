import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createApiTokens } from '../../../../src/service/access/api-tokens.ts';
import { moveToStatus } from '../../../support/catalogued-files.ts';
import { openTestService, type TestService } from '../../../support/test-service.ts';

const query = /* GraphQL */ `
  query ($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on MediaItem {
        status
        placeholder
        posterUrl
        thumbnailUrl(size: MEDIUM)
        displayUrl
        streamUrl
      }
    }
  }
`;

type Url = 'posterUrl' | 'thumbnailUrl' | 'displayUrl' | 'streamUrl';
type Urls = Record<Url, string> & { status: string; placeholder: string | null };
const callers = ['VIEWER', 'EDITOR'] as const;
type Caller = (typeof callers)[number];

let service: TestService;
let id: string;
const authorization = {} as Record<Caller, string>;
/** What each was given before the deletion, and after it. */
const before = {} as Record<Caller, Urls>;
const after = {} as Record<Caller, Urls>;

beforeAll(async () => {
  service = await openTestService({});
  const picture = sharp({ create: { width: 64, height: 48, channels: 3, background: 'teal' } });
  await picture.toFile(join(service.category('photos').rootPath, 'a.jpg'));
  const { database, jobs, scanner, prober } = service.app;
  await jobs.waitFor((await scanner.start({})).id);
  await prober.drain();
  for (const role of callers) {
    const { token } = await createApiTokens(database).create({ name: role, role, expiresAt: null });
    authorization[role] = `Bearer ${token}`;
  }
  await vi.waitUntil(async () => !(await service.app.access.isOpen()), { timeout: 60_000 });
  const list = await ask('EDITOR', '{ media { edges { node { id } } } }');
  ({ id } = (list as { media: { edges: { node: { id: string } }[] } }).media.edges[0]!.node);
  await database.prisma.mediaItem.updateMany({ data: { placeholder: 'AAAA' } });
  for (const role of callers) before[role] = await find(role);
  await moveToStatus(database, 'a.jpg', 'DELETED');
  for (const role of callers) after[role] = await find(role);
});
afterAll(() => service.close());

async function ask(role: Caller, text: string, variables = {}): Promise<unknown> {
  const { body } = await service.post({ query: text, variables }, { authorization: authorization[role] });
  return body.data;
}

const find = async (role: Caller) => ((await ask(role, query, { ids: [id] })) as { nodes: [Urls] }).nodes[0];
const statusOf = async (url: string, role?: Caller) =>
  (await fetch(new URL(url, service.url), { headers: role ? { authorization: authorization[role] } : {} })).status;
const plain = (url: string) => url.replace(/[?&]signature=.*/, '');

it('the pictures of a deleted item are for editors, by its signed URLs and by their token', async () => {
  for (const url of ['posterUrl', 'thumbnailUrl', 'displayUrl'] as const) {
    expect([url, await statusOf(after.EDITOR[url])]).toEqual([url, 200]);
    expect([url, await statusOf(plain(after.EDITOR[url]), 'EDITOR')]).toEqual([url, 200]);
  }
  expect(await statusOf(`/media/${id}/thumbnail`, 'EDITOR')).toBe(200);
  expect(after.EDITOR).toMatchObject({ status: 'DELETED', placeholder: 'AAAA' });
  expect(after.EDITOR.displayUrl).toContain('thumbnail?size=screen&');
});

it('its bytes are for nobody', async () => {
  expect([await statusOf(after.EDITOR.streamUrl), await statusOf(`/media/${id}/stream`, 'EDITOR')]).toEqual([404, 404]);
});

it('viewers see nothing of it', async () => {
  expect(after.VIEWER).toMatchObject({ status: 'DELETED', placeholder: null });
  for (const url of ['posterUrl', 'thumbnailUrl', 'displayUrl'] as const) {
    expect([url, await statusOf(after.VIEWER[url])]).toEqual([url, 404]);
    // Such a parameter is nothing that they could add to what was signed.
    expect([url, await statusOf(`${after.VIEWER[url]}&deleted=1`)]).toEqual([url, 401]);
    expect([url, await statusOf(plain(after.EDITOR[url]), 'VIEWER')]).toEqual([url, 404]);
  }
});

it('URLs from before the deletion lead nowhere', async () => {
  for (const role of callers) {
    for (const url of ['posterUrl', 'thumbnailUrl', 'displayUrl'] as const) {
      expect([role, url, await statusOf(before[role][url])]).toEqual([role, url, 404]);
    }
  }
});
