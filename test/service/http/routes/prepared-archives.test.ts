import { expect, it, vi } from 'vitest';
import { createApiTokens } from '../../../../src/service/access/api-tokens.ts';
import { readZip } from '../../../support/read-zip.ts';
import { startTestService } from '../../../support/test-service.ts';

it('a selection is prepared and downloaded by its signed URL, or by whoever prepared it, and by nobody else', async () => {
  const service = await startTestService();
  const { jobs, scanner, database, access } = service.app;
  await service.writeFiles('movies', ['a.mp4', 'b.mp4', 'deep/c.mp4']);
  await jobs.waitFor((await scanner.start({ categories: ['movies'] })).id);
  const tokens = createApiTokens(database);
  const make = async (name: string) => {
    const { token } = await tokens.create({ name, role: 'VIEWER', expiresAt: null });
    return { authorization: `Bearer ${token}` };
  };
  const [ada, bob] = [await make('ada'), await make('bob')];
  await vi.waitUntil(async () => !(await access.isOpen()), { timeout: 60_000 });
  const prepare = async (selection: string) => {
    const fields = '__typename ... on PreparedArchive { url files sizeBytes } ... on Error { code }';
    const { body } = await service.post(
      { query: `mutation { made: prepareArchive(selection: ${selection}) { ${fields} } }` },
      ada,
    );
    return (body.data as { made: { url: string; code?: string; files?: number } }).made;
  };
  const get = async (path: string, headers = {}) => fetch(new URL(path, service.url), { headers });
  const made = await prepare('{ filter: { categories: ["movies"] } }');
  expect(made).toMatchObject({ __typename: 'PreparedArchive', files: 3 });
  const signed = await get(made.url);
  expect([signed.status, signed.headers.get('content-type')]).toEqual([200, 'application/zip']);
  expect(await names(signed)).toEqual(['a.mp4', 'b.mp4', 'c.mp4']);
  const [unsigned = ''] = made.url.split('&signature=');
  expect(await names(await get(unsigned, ada))).toEqual(['a.mp4', 'b.mp4', 'c.mp4']);
  const others = await get(unsigned, bob);
  expect([others.status, await others.json()]).toEqual([
    404,
    expect.objectContaining({ code: 'ARCHIVE_NOT_PREPARED' }),
  ]);
  expect((await get(unsigned)).status).toBe(401);
  expect((await get(`${made.url.slice(0, -1)}${made.url.endsWith('A') ? 'B' : 'A'}`)).status).toBe(401);

  // What a filter meant and is gone since is left out; what was named is missed.
  const { id: first } = await database.prisma.mediaItem.findFirstOrThrow({ where: { filename: 'a.mp4' } });
  const named = await prepare(`{ ids: ["${Buffer.from(`MediaItem:${first}`).toString('base64url')}"] }`);
  expect((await get(named.url)).status).toBe(200);
  await database.prisma.mediaItem.delete({ where: { id: first } });
  expect(await names(await get(made.url))).toEqual(['b.mp4', 'c.mp4']);
  expect(await (await get(named.url)).json()).toMatchObject({ status: 404, code: 'MEDIA_NOT_FOUND' });
  expect(await prepare('{ filter: { search: "nothing" } }')).toMatchObject({ code: 'INVALID_INPUT' });
});

async function names(response: Response): Promise<string[]> {
  return readZip(Buffer.from(await response.arrayBuffer())).map(({ name }) => name);
}
