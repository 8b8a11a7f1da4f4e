import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { encodePublicId } from '../../../../src/base/public-id.ts';
import { graphql } from '../../../generated/gql.ts';
import { catalogueFiles, moveToStatus } from '../../../support/catalogued-files.ts';
import { fakePassword, startFakeCopyparty } from '../../../support/fake-copyparty.ts';
import { startTestService, type TestService } from '../../../support/test-service.ts';

const ListCompanions = graphql(/* GraphQL */ `
  query ListCompanions {
    media(orderBy: { field: FILENAME, direction: ASC }) {
      edges {
        node {
          filename
          companions {
            kind
            filename
            sizeBytes
            url
            item {
              filename
            }
            subtitle {
              language
              title
              isDefault
              isForced
              isHearingImpaired
              webVttUrl
            }
          }
        }
      }
    }
  }
`);

const srt = '1\n00:00:01,000 --> 00:00:02,000\nHi\n';
const vtt = 'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nHi\n';

async function write(service: TestService, category: string, path: string, content: string | Buffer): Promise<void> {
  const file = join(service.category(category).rootPath, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

async function companionsOf(service: TestService, filename: string) {
  const { media } = await service.request(ListCompanions);
  return media.edges.find(({ node }) => node.filename === filename)?.node.companions ?? [];
}

it('serves what belongs to an item, and nothing else that lies there', async () => {
  const service = await startTestService({
    categories: [
      { key: 'movies', default: true, exclude_patterns: ['**/*secret*'] },
      { key: 'photos', media_type: 'image' },
    ],
  });
  const get = (path: string, headers = {}) => fetch(new URL(path, service.url), { headers });
  await catalogueFiles(service.app.database, service.category('movies'), [{ relativePath: 'a/Film #1.mkv' }]);
  await catalogueFiles(service.app.database, service.category('photos'), [{ relativePath: 'IMG_1.jpg' }]);
  const id = encodePublicId('MediaItem', 1);
  const { rootPath } = service.category('movies');
  await write(service, 'movies', 'a/Film #1.en.sdh.srt', srt);
  await write(service, 'movies', 'a/Subs/Film #1.Commentary.de.forced.ass', 'x');
  await write(service, 'movies', 'a/Film #1.secret.srt', srt);
  await write(service, 'movies', 'a/._Film #1.srt', srt);
  await write(service, 'movies', 'a/Film #1.big.srt', srt.repeat(500_000));
  await write(service, 'movies', 'a/Film #1.idx', 'x');
  await write(service, 'movies', 'a/notes.srt', srt);
  await write(service, 'movies', 'a/poster.jpg', 'x');
  await mkdir(join(rootPath, 'a/Film #1.vtt'));
  await writeFile(join(rootPath, '../outside.srt'), srt);
  await symlink(join(rootPath, '../outside.srt'), join(rootPath, 'a/Film #1.out.srt'));
  await write(service, 'photos', 'IMG_1.MOV', '0123456789');
  await write(service, 'photos', 'IMG_1.jpg.xmp', '<x/>');

  const found = await companionsOf(service, 'Film #1.mkv');
  const flags = { language: null, title: null, isDefault: false, isForced: false, isHearingImpaired: false };
  const names = found.map(({ kind, filename, subtitle }) => ({ kind, filename, ...subtitle }));
  const vttUrl = expect.stringContaining('/subtitle.vtt?name=') as string;
  expect(names).toEqual([
    { kind: 'SUBTITLE', filename: 'Film #1.big.srt', ...flags, title: 'big', webVttUrl: vttUrl },
    {
      kind: 'SUBTITLE',
      filename: 'Film #1.en.sdh.srt',
      ...flags,
      language: 'en',
      isHearingImpaired: true,
      webVttUrl: vttUrl,
    },
    { kind: 'SUBTITLE', filename: 'Film #1.idx', ...flags, webVttUrl: null },
    {
      kind: 'SUBTITLE',
      filename: 'Subs/Film #1.Commentary.de.forced.ass',
      ...flags,
      language: 'de',
      title: 'Commentary',
      isForced: true,
      webVttUrl: vttUrl,
    },
    { kind: 'ARTWORK', filename: 'poster.jpg' },
  ]);

  const [big, english, , german, poster] = found;
  const answer = await get(english?.subtitle?.webVttUrl ?? '');
  expect([answer.status, await answer.text()]).toEqual([200, vtt]);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'text/vtt; charset=utf-8',
    'content-disposition': 'inline; filename="Film #1.en.sdh.vtt"',
    'cache-control': 'private, no-cache',
    'x-content-type-options': 'nosniff',
  });
  const again = await get(english?.subtitle?.webVttUrl ?? '', { 'if-none-match': answer.headers.get('etag') });
  expect(again.status).toBe(304);
  const raw = await get(english?.url ?? '', { range: 'bytes=2-4' });
  expect([raw.status, raw.headers.get('content-type'), await raw.text()]).toEqual([206, 'application/x-subrip', '00:']);
  expect(english?.sizeBytes).toBe(srt.length);
  expect((await get(poster?.url ?? '')).headers.get('content-type')).toBe('image/jpeg');

  const problem = async (path: string) => {
    const { status, code } = (await (await get(path)).json()) as { status: number; code: string };
    return [status, code];
  };
  expect(await problem(german?.subtitle?.webVttUrl ?? '')).toEqual([422, 'SUBTITLE_UNREADABLE']);
  expect(await problem(`/media/${id}/subtitle.vtt?name=Film%20%231.idx`)).toEqual([422, 'SUBTITLE_UNREADABLE']);
  expect(await problem(big?.subtitle?.webVttUrl ?? '')).toEqual([422, 'SUBTITLE_TOO_LARGE']);
  const others = [
    'notes.srt',
    '../a/Film #1.en.sdh.srt',
    'Film #1.secret.srt',
    'Film #1.mkv',
    '\0',
    '/etc/passwd',
    '.',
  ];
  for (const name of others) {
    const path = `/media/${id}/companion?name=${encodeURIComponent(name)}`;
    expect([name, ...(await problem(path))]).toEqual([name, 404, 'COMPANION_NOT_FOUND']);
  }
  expect(await problem(`/media/${id}/companion?name=Film%20%231.out.srt`)).toEqual([403, 'PATH_OUTSIDE_ROOT']);
  for (const query of ['', '?name=', '?name=a&name=b']) {
    expect(await problem(`/media/${id}/companion${query}`)).toEqual([400, 'INVALID_INPUT']);
  }
  expect(await problem('/media/x/subtitle.vtt?name=a')).toEqual([404, 'MEDIA_NOT_FOUND']);

  const photo = await companionsOf(service, 'IMG_1.jpg');
  expect(photo.map(({ kind, filename, item, subtitle }) => [kind, filename, item, subtitle])).toEqual([
    ['MOTION', 'IMG_1.MOV', null, null],
    ['XMP', 'IMG_1.jpg.xmp', null, null],
  ]);
  const film = await get(photo[0]?.url ?? '', { range: 'bytes=-3' });
  expect([film.status, film.headers.get('content-type'), await film.text()]).toEqual([206, 'video/quicktime', '789']);
  const xmp = await get(photo[1]?.url ?? '');
  expect(xmp.headers.get('content-disposition')).toContain('attachment');

  await moveToStatus(service.app.database, 'Film #1.mkv', 'DELETED');
  expect(await problem(english?.url ?? '')).toEqual([404, 'MEDIA_NOT_FOUND']);
});

it('lists and serves what copyparty alone has', async () => {
  const fake = await startFakeCopyparty();
  const environment = { COPYPARTY_URL: fake.url, COPYPARTY_PASSWORD: fakePassword, BYTES_FROM: 'copyparty' };
  const service = await startTestService({ environment });
  await catalogueFiles(service.app.database, service.category('movies'), [{ relativePath: 'a/Film.mkv' }]);
  fake.addFile('/movies/a/Film.mkv');
  fake.addFile('/movies/a/Film.en.srt', srt);
  fake.addFile('/movies/a/Subs/Film.de.vtt', vtt);
  const found = await companionsOf(service, 'Film.mkv');
  expect(found.map(({ filename, sizeBytes }) => [filename, sizeBytes])).toEqual([
    ['Film.en.srt', srt.length],
    ['Subs/Film.de.vtt', vtt.length],
  ]);
  for (const { subtitle } of found) {
    expect(await (await fetch(new URL(subtitle?.webVttUrl ?? '', service.url))).text()).toBe(vtt);
  }
});
