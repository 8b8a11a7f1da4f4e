import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { encodePublicId } from '../../../src/base/public-id.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { startTestService, type TestService } from '../../support/test-service.ts';

const readUrls = /* GraphQL */ `
  {
    media(filter: { categories: ["photos"] }) {
      edges {
        node {
          id
          posterUrl
          thumbnailUrl
          large: thumbnailUrl(size: LARGE)
        }
      }
    }
  }
`;

interface PictureUrls {
  id: string;
  posterUrl: string;
  thumbnailUrl: string;
  large: string;
}

describeOnEachDatabase('the URLs of pictures', (open) => {
  async function startLibrary(environment: Record<string, string> = {}): Promise<TestService> {
    const service = await startTestService({ databaseUrl: open.url(), environment });
    await writePhoto(service, '#dc1414');
    await scan(service);
    return service;
  }

  it('lead to a poster and to thumbnails that a browser may keep', async () => {
    const service = await startLibrary();
    const urls = await findUrls(service);
    const path = `/media/${encodePublicId('MediaItem', 1)}`;
    expect(urls).toEqual({
      id: encodePublicId('MediaItem', 1),
      posterUrl: expect.stringMatching(`^${path}/poster\\?v=[\\w-]{12}$`),
      thumbnailUrl: expect.stringMatching(`^${path}/thumbnail\\?size=small&v=[\\w-]{12}$`),
      large: expect.stringMatching(`^${path}/thumbnail\\?size=large&v=[\\w-]{12}$`),
    });
    for (const [url, width] of [
      [urls.posterUrl, 960],
      [urls.thumbnailUrl, 320],
      [urls.large, 960],
    ] as const) {
      const response = await fetch(new URL(url, service.url));
      expect(response.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
      expect((await sharp(await response.arrayBuffer()).metadata()).width).toBe(width);
    }
  });

  it('are others when the file is another', async () => {
    const service = await startLibrary();
    const before = await findUrls(service);
    await writePhoto(service, '#1414dc');
    await scan(service);
    const after = await findUrls(service);
    expect(after.id).toBe(before.id);
    expect(after.thumbnailUrl).not.toBe(before.thumbnailUrl);
  });

  it('are others when its poster is', async () => {
    const service = await startLibrary();
    const before = await findUrls(service);
    const poster = (await sharp(blank('#14b414')).jpeg().toBuffer()).toString('base64');
    await service.app.database.prisma.mediaItem.update({
      where: { id: 1 },
      data: { customMetadata: { poster: `data:image/jpeg;base64,${poster}` }, updatedAt: new Date() },
    });
    const after = await findUrls(service);
    expect(after.posterUrl).not.toBe(before.posterUrl);
    const response = await fetch(new URL(after.posterUrl, service.url));
    const { dominant } = await sharp(await response.arrayBuffer()).stats();
    expect(dominant.g).toBeGreaterThan(dominant.r);
  });

  it('are of the file itself for a screen where a browser shows it, with a placeholder once it was seen', async () => {
    const service = await startLibrary();
    const query = '{ media(filter: { categories: ["photos"] }) { edges { node { id placeholder displayUrl thumbnailUrl } } } }';
    type Shown = Record<'id' | 'placeholder' | 'displayUrl' | 'thumbnailUrl', string | null>;
    const show = async () =>
      ((await service.post({ query })).body.data as { media: { edges: { node: Shown }[] } }).media.edges[0]?.node;
    await service.app.prober.drain();
    const shown = await show();
    expect(shown).toMatchObject({ placeholder: null, displayUrl: `/media/${shown?.id}/stream` });
    await (await fetch(new URL(shown?.thumbnailUrl ?? '', service.url))).arrayBuffer();
    await expect.poll(async () => (await show())?.placeholder, { timeout: 60_000 }).toMatch(/^[\w+/]{20,40}=*$/);
    await writePhoto(service, '#1414dc', 'tiff');
    await scan(service);
    await service.app.prober.drain();
    const changed = await show();
    expect(changed).toMatchObject({
      placeholder: null,
      displayUrl: expect.stringMatching(/thumbnail\?size=screen&v=[\w-]{12}$/),
    });
    const screen = await fetch(new URL(changed?.displayUrl ?? '', service.url));
    expect(await sharp(await screen.arrayBuffer()).metadata()).toMatchObject({ format: 'webp', width: 1200 });
  });

  it('lead to thumbnails that were made ahead, where that is set so', async () => {
    const service = await startLibrary({ THUMBNAILS_AHEAD: 'medium' });
    const query =
      '{ serviceStatus { thumbnailsAhead { size state madeCount leftCount } } media { edges { node { placeholder } } } }';
    await expect
      .poll(async () => (await service.post({ query })).body.data, { timeout: 60_000 })
      .toEqual({
        serviceStatus: { thumbnailsAhead: { size: 'MEDIUM', state: 'IDLE', madeCount: 1, leftCount: 0 } },
        media: { edges: [{ node: { placeholder: expect.any(String) } }] },
      });
  });

  it('lead nowhere for an item whose category is not configured any more', async () => {
    const service = await startLibrary();
    const { posterUrl } = await findUrls(service);
    await service.writeConfig([{ key: 'movies', default: true }]);
    await service.app.mediaConfig.reload();
    expect((await fetch(new URL(posterUrl, service.url))).status).toBe(404);
  });
});

function blank(background: string) {
  return { create: { width: 1200, height: 800, channels: 3 as const, background } };
}

/** Its name stays, whatever its format. */
async function writePhoto(service: TestService, background: string, format: 'jpeg' | 'tiff' = 'jpeg'): Promise<void> {
  const path = join(service.category('photos').rootPath, 'album/photo.jpg');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, await sharp(blank(background)).toFormat(format).toBuffer());
}

async function scan(service: TestService): Promise<void> {
  const { id } = await service.app.scanner.start({ categories: ['photos'] });
  await service.app.jobs.waitFor(id);
}

async function findUrls(service: TestService): Promise<PictureUrls> {
  await service.app.prober.drain();
  const { body } = await service.post({ query: readUrls });
  const { media } = body.data as { media: { edges: { node: PictureUrls }[] } };
  const [edge] = media.edges;
  if (edge === undefined) throw new Error('the scan found no photo');
  return edge.node;
}
