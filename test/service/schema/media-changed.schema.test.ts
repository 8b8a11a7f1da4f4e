import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { openService } from '../../../src/service/service.ts';
import { createMediaEvents, maxListedIds } from '../../../src/library/catalogue/media-events.ts';
import { loadSettings } from '../../../src/base/config/settings.ts';
import { subscribeOverSse, subscribeOverWebSocket, type Subscribe } from '../../support/subscribe.ts';
import { startTestService, type TestService } from '../../support/test-service.ts';
import { makePicture, upload } from '../../support/upload.ts';

interface Changes {
  mediaChanged: {
    category: string;
    added: { filename: string }[];
    updated: { filename: string; status: string }[];
    removed: string[];
    isCut: boolean;
  };
}

const query = `subscription ($category: String) {
  mediaChanged(category: $category) { category added { filename } updated { filename status } removed isCut }
}`;

/** A subscription that is under way, so that no change is missed. */
async function follow(service: TestService, subscribe: Subscribe, category?: string) {
  const results = subscribe<Changes>(service.url, { query, variables: { category } });
  const next = async () => (await results.next()).value?.data?.mediaChanged as Changes['mediaChanged'];
  let first: Promise<Changes['mediaChanged']> | undefined = next();
  await expect.poll(() => service.app.mediaEvents.isHeard()).toBe(true);
  return {
    next() {
      const current = first ?? next();
      first = undefined;
      return current;
    },
    end: () => results.return(undefined),
  };
}

async function scan({ app }: TestService): Promise<void> {
  await app.jobs.waitFor((await app.scanner.start({})).id);
}

it.each<[string, Subscribe]>([
  ['server-sent events', subscribeOverSse],
  ['WebSocket', subscribeOverWebSocket],
])('tells what uploads, people and scans change, over %s', async (_name, subscribe) => {
  const service = await startTestService();
  const changes = await follow(service, subscribe);
  const none = { added: [], updated: [], removed: [], isCut: false };

  const { result } = await upload(service.url, await makePicture(), 'a.png', { category: 'photos' });
  expect(await changes.next()).toEqual({ ...none, category: 'photos', added: [{ filename: 'a.png' }] });

  const id = String(result.id);
  await service.post({ query: `mutation { updateMedia(input: {id: "${id}", title: "T"}) { __typename } }` });
  expect(await changes.next()).toMatchObject({ updated: [{ filename: 'a.png', status: 'AVAILABLE' }] });
  await service.post({ query: `mutation { deleteMedia(input: {id: "${id}", soft: true}) { __typename } }` });
  expect(await changes.next()).toMatchObject({ updated: [{ filename: 'a.png', status: 'DELETED' }] });
  await service.post({ query: `mutation { restoreMedia(id: "${id}") { __typename } }` });
  expect(await changes.next()).toMatchObject({ updated: [{ filename: 'a.png', status: 'AVAILABLE' }] });
  await service.post({ query: `mutation { deleteMedia(input: {id: "${id}", removeFile: true}) { __typename } }` });
  expect(await changes.next()).toEqual({ ...none, category: 'photos', removed: [id] });

  await service.writeFiles('movies', ['x.mp4', 'y.mp4']);
  await scan(service);
  expect(await changes.next()).toEqual({
    ...none,
    category: 'movies',
    added: [{ filename: 'x.mp4' }, { filename: 'y.mp4' }],
  });
  await rm(join(service.category('movies').rootPath, 'x.mp4'));
  await scan(service);
  expect(await changes.next()).toEqual({
    ...none,
    category: 'movies',
    updated: [{ filename: 'x.mp4', status: 'MISSING' }],
  });
  await changes.end();
  await expect.poll(() => service.app.mediaEvents.isHeard()).toBe(false);
});

it('tells of one category alone, and refuses one that there is not', async () => {
  const service = await startTestService();
  const changes = await follow(service, subscribeOverSse, 'photos');
  await service.writeFiles('movies', ['x.mp4']);
  await service.writeFiles('photos', ['p.png']);
  await scan(service);
  expect(await changes.next()).toMatchObject({ category: 'photos', added: [{ filename: 'p.png' }] });
  await changes.end();

  const wrong = await subscribeOverSse(service.url, { query, variables: { category: 'nowhere' } }).next();
  expect(wrong.value?.errors).toMatchObject([{ extensions: { code: 'UNKNOWN_CATEGORY' } }]);
});

it('tells of a large scan by halves, and says so', async () => {
  const service = await startTestService();
  await service.writeFiles(
    'movies',
    Array.from({ length: maxListedIds + 100 }, (_, n) => `${n}.mp4`),
  );
  const changes = await follow(service, subscribeOverSse);
  await scan(service);
  const { added, isCut } = await changes.next();
  expect({ told: added.length, isCut }).toEqual({ told: maxListedIds, isCut: true });
  await changes.end();
});

it('tells what the scan of another process changed, once that has ended, and its own only once', async () => {
  const service = await startTestService();
  service.app.followRoots();
  await service.writeFiles('movies', ['old.mp4']);
  await scan(service);
  const changes = await follow(service, subscribeOverSse);

  const settings = { NODE_ENV: 'test', MEDIA_CONFIG: join(service.folder, 'watch_media_dirs.yml') };
  const other = await openService(loadSettings(settings, service.folder), pino({ level: 'silent' }));
  onTestFinished(() => other.close());
  await service.writeFiles('movies', ['new.mp4']);
  await rm(join(service.category('movies').rootPath, 'old.mp4'));
  await other.jobs.waitFor((await other.scanner.start({ dryRun: true })).id);
  await other.jobs.waitFor((await other.scanner.start({})).id);
  expect(await changes.next()).toMatchObject({
    category: 'movies',
    added: [{ filename: 'new.mp4' }],
    updated: [{ filename: 'old.mp4', status: 'MISSING' }],
  });

  await service.writeFiles('movies', ['own.mp4']);
  await scan(service);
  expect(await changes.next()).toMatchObject({ added: [{ filename: 'own.mp4' }], updated: [] });
  const nothingMore = Symbol('nothing more');
  expect(await Promise.race([changes.next(), sleep(2_500, nothingMore)])).toBe(nothingMore);
});

it('gathers what happens to one item into one state', async () => {
  const events = createMediaEvents();
  const client = new AbortController();
  const changes = events.watch(null, client.signal);
  events.publish({ category: 'c', added: [1, 2] });
  events.publish({ category: 'c', updated: [1, 3] });
  events.publish({ category: 'c', removed: [2, 3] });
  expect((await changes.next()).value).toEqual({ category: 'c', added: [1], updated: [], removed: [3], isCut: false });
  client.abort();
  expect((await changes.next()).done).toBe(true);
  expect(events.isHeard()).toBe(false);
});
