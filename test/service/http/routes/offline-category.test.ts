import { rename } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { encodePublicId } from '../../../../src/base/public-id.ts';
import { graphql } from '../../../generated/gql.ts';
import { startTestService } from '../../../support/test-service.ts';

const ReadState = graphql(/* GraphQL */ `
  query ReadState {
    category(key: "movies") {
      state
      offlineReason
    }
  }
`);

it('answers 503 and when to ask again while the disk of a category is away, and the bytes when it is back', async () => {
  const service = await startTestService();
  await service.writeFiles('movies', ['a.mp4']);
  await service.app.jobs.waitFor((await service.app.scanner.start({})).id);
  const { id } = await service.app.database.prisma.mediaItem.findFirstOrThrow();
  const publicId = encodePublicId('MediaItem', id);
  const paths = [`/media/${publicId}/stream`, `/media/${publicId}/download`, `/archive?id=${publicId}`];
  const get = (path: string) => fetch(new URL(path, service.url));

  for (const path of paths) expect((await get(path)).status).toBe(200);
  expect(await service.request(ReadState)).toEqual({ category: { state: 'ONLINE', offlineReason: null } });

  const { rootPath } = service.category('movies');
  await rename(rootPath, `${rootPath}-away`);
  await setTimeout(1100);
  for (const path of paths) {
    const answer = await get(path);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('30');
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toEqual({
      status: 503,
      title: 'Service Unavailable',
      code: 'CATEGORY_OFFLINE',
      detail: expect.stringContaining('its root folder is not there'),
    });
  }
  expect(await service.request(ReadState)).toEqual({
    category: { state: 'OFFLINE', offlineReason: 'its root folder is not there' },
  });

  await rename(`${rootPath}-away`, rootPath);
  await setTimeout(1100);
  for (const path of paths) expect((await get(path)).status).toBe(200);
});
