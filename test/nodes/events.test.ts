import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sql } from '../../src/base/database/sql.ts';
import { describeOnPostgresql } from '../support/databases.ts';
import { subscribeOverSse } from '../support/subscribe.ts';
import type { TestService } from '../support/test-service.ts';
import { startTwoNodes } from '../support/two-nodes.ts';
import { makePicture, upload } from '../support/upload.ts';

interface Changes {
  mediaChanged: {
    category: string;
    added: { filename: string }[];
    updated: { status: string }[];
    removed: string[];
    isCut: boolean;
  };
}

const query = 'subscription { mediaChanged { category added { filename } updated { status } removed isCut } }';

/** What a client of the node is told, from its first answer on. */
async function follow(service: TestService) {
  const results = subscribeOverSse<Changes>(service.url, { query });
  const told: Changes['mediaChanged'][] = [];
  const reading = async () => {
    for await (const result of results) if (result.data) told.push(result.data.mediaChanged);
  };
  reading().catch(() => undefined); // The node closes before its client leaves.
  await expect.poll(() => isFollowed(service)).toBe(true);
  return told;
}

/** The service takes a slot for each subscription. */
async function isFollowed(service: TestService): Promise<boolean> {
  const answer = await fetch(service.url.replace('/graphql', '/metrics'));
  return (await answer.text()).includes('mediashelf_under_way{what="subscriptions"} 1');
}

async function scan({ app }: TestService): Promise<void> {
  await app.jobs.waitFor((await app.scanner.start({})).id);
}

const cut = (category: string) => ({ category, added: [], updated: [], removed: [], isCut: true });

describeOnPostgresql('two nodes', (open) => {
  it('tell what either of them uploads, changes, removes and scans', async () => {
    const [a, b] = await startTwoNodes(open.url());
    const told = await follow(b);
    const none = { added: [], updated: [], removed: [], isCut: false };

    const { result } = await upload(a.url, await makePicture(), 'a.png', { category: 'photos' });
    await expect.poll(() => told).toContainEqual({ ...none, category: 'photos', added: [{ filename: 'a.png' }] });
    const id = String(result.id);
    const mutate = (field: string) => a.post({ query: `mutation { ${field} { __typename } }` });
    await mutate(`deleteMedia(input: {id: "${id}", soft: true})`);
    await expect.poll(() => told.flatMap(({ updated }) => updated)).toContainEqual({ status: 'DELETED' });
    await mutate(`restoreMedia(id: "${id}")`);
    await mutate(`deleteMedia(input: {id: "${id}", removeFile: true})`);
    await expect.poll(() => told.flatMap(({ removed }) => removed)).toEqual([id]);

    await a.writeFiles('movies', ['x.mp4']);
    await scan(a);
    await expect.poll(() => told).toContainEqual({ ...none, category: 'movies', added: [{ filename: 'x.mp4' }] });
    await rm(join(a.category('movies').rootPath, 'x.mp4'));
    await scan(a);
    await expect.poll(() => told.flatMap(({ updated }) => updated)).toContainEqual({ status: 'MISSING' });
    const tellsOf = (filename: string) => told.filter(({ added }) => added.some((item) => item.filename === filename));
    expect([tellsOf('a.png'), tellsOf('x.mp4')]).toEqual([[expect.anything()], [expect.anything()]]);
  });

  it('tell of everything after the database ended their connections, and go on', async () => {
    const [a, b] = await startTwoNodes(open.url());
    const told = await follow(b);
    const database = await open();
    await database.read(sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity 
      WHERE datname = current_database() AND pid <> pg_backend_pid()`);
    for (const category of ['movies', 'photos']) await expect.poll(() => told).toContainEqual(cut(category));
    await upload(a.url, await makePicture(), 'a.png', { category: 'photos' });
    await expect.poll(() => told.some(({ added }) => added[0]?.filename === 'a.png')).toBe(true);
  });

  it('have the configuration that one of them was told to read', async () => {
    const [a, b] = await startTwoNodes(open.url());
    await a.writeConfig([{ key: 'movies', default: true, label: 'Films' }]);
    await a.app.mediaConfig.reload();
    await expect.poll(() => b.app.mediaConfig.findCategory('movies')?.label).toBe('Films');
    expect(b.app.mediaConfig.findCategory('photos')).toBeUndefined();
  });
});
