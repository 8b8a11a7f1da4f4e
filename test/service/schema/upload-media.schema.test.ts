import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { startTestService, type TestService } from '../../support/test-service.ts';
import { makePicture, makeVideo, upload, leftIn } from '../../support/upload.ts';

const categories = [
  { key: 'movies', default: true },
  { key: 'photos', media_type: 'image' },
  { key: 'music', media_type: 'audio' },
];

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** What a scan of everything finds to do. */
async function scan({ app }: TestService) {
  const { id } = await app.scanner.start({});
  const job = await app.jobs.waitFor(id);
  const summary = job.result as unknown as { categories: { added: number; updated: number; unchanged: number }[] };
  const sum = (name: 'added' | 'updated' | 'unchanged') => summary.categories.reduce((all, one) => all + one[name], 0);
  return { added: sum('added'), updated: sum('updated'), unchanged: sum('unchanged') };
}

const filesOf = (service: TestService, key: string) => readdir(service.category(key).rootPath);

describeOnEachDatabase('uploadMedia', (open) => {
  const start = () => startTestService({ databaseUrl: open.url(), categories });

  it('stores a file with all that was said of it, and the next scan finds it unchanged', async () => {
    const service = await start();
    const bytes = await makePicture();
    const { status, result } = await upload(service.url, bytes, 'Été à la mer.PNG', {
      category: 'photos',
      title: ' By the sea ',
      description: 'Warm.',
      uploadedBy: 'Ada',
    });
    expect({ status, result }).toMatchObject({
      status: 200,
      result: {
        __typename: 'MediaItem',
        title: 'By the sea',
        description: 'Warm.',
        filename: 'Été à la mer.PNG',
        originalFilename: 'Été à la mer.PNG',
        relativePath: 'Été à la mer.PNG',
        sha256: sha256(bytes),
        sizeBytes: bytes.length,
        mimeType: 'image/png',
        status: 'AVAILABLE',
        uploadedBy: 'Ada',
        duplicateOf: null,
        category: { key: 'photos' },
        metadata: { ingestedVia: 'upload', sha256: sha256(bytes), uploadedBy: 'Ada', description: 'Warm.' },
      },
    });
    const path = join(service.category('photos').rootPath, 'Été à la mer.PNG');
    expect(sha256(await readFile(path))).toBe(sha256(bytes));
    expect(await scan(service)).toEqual({ added: 0, updated: 0, unchanged: 1 });
    const found = await service.post({
      query: '{ media(filter: {search: "sea"}) { totalCount edges { node { title } } } }',
    });
    expect(found.body.data).toEqual({ media: { totalCount: 1, edges: [{ node: { title: 'By the sea' } }] } });
  });

  it('goes into a folder, which is made where it is missing, and is known by its bytes', async () => {
    const service = await start();
    const bytes = await makePicture();
    const send = (folder: string, content = bytes) =>
      upload(service.url, content, 'a.png', { category: 'photos', folder, allowDuplicate: true });
    expect((await send('Trips/Été 2024')).result).toMatchObject({ relativePath: 'Trips/Été 2024/a.png', title: 'a' });
    expect((await send('Trips/Été 2024')).result).toMatchObject({ relativePath: 'Trips/Été 2024/a (1).png' });
    expect((await send('')).result).toMatchObject({ relativePath: 'a.png' });
    expect(await scan(service)).toEqual({ added: 0, updated: 0, unchanged: 3 });
    for (const folder of ['../out', 'lost+found']) {
      expect((await send(folder, await makePicture())).result).toMatchObject({ __typename: 'InvalidInputError' });
    }
    expect(await leftIn(service.incomingDir)).toEqual([]);

    const query = 'query ($sha256s: [String!]!) { existingUploads(sha256s: $sha256s) { sha256 item { relativePath } } }';
    const ask = async (sha256s: string[]) => (await service.post({ query, variables: { sha256s } })).body;
    const hash = sha256(bytes).toUpperCase();
    expect(await ask(['0'.repeat(64), hash, hash])).toEqual({
      data: { existingUploads: [{ sha256: hash, item: { relativePath: 'Trips/Été 2024/a.png' } }] },
    });
    expect(await ask(['x'])).toMatchObject({ errors: [{ extensions: { code: 'INVALID_INPUT' } }] });
    expect(await ask(Array.from({ length: 1_001 }, () => hash))).toMatchObject({
      errors: [{ message: expect.stringContaining('at most 1000') }],
    });
  });

  it('goes to the default category, where none is named, with the title of its name', async () => {
    const service = await start();
    const { result } = await upload(service.url, await makeVideo(), 'The_Long.Tide (1950).mp4');
    expect(result).toMatchObject({ title: 'The Long Tide', description: null, category: { key: 'movies' } });
    expect(await scan(service)).toEqual({ added: 0, updated: 0, unchanged: 1 });
  });

  it('stores bytes again that the file of their item has no more, though their number is the same', async () => {
    const service = await start();
    const bytes = await makeVideo();
    const first = (await upload(service.url, bytes, 'a.mp4')).result;
    const changed = Buffer.from(bytes).fill(7, bytes.length - 4);
    await writeFile(join(service.category('movies').rootPath, 'a.mp4'), changed);
    const again = (await upload(service.url, bytes, 'a.mp4')).result;
    expect(again).toMatchObject({ filename: 'a (1).mp4', duplicateOf: null });
    expect(again.id).not.toBe(first.id);
    expect(await readFile(join(service.category('movies').rootPath, 'a (1).mp4'))).toEqual(Buffer.from(bytes));
  });

  it('names the earlier item of the same bytes, and stores them twice only if that is wanted', async () => {
    const service = await start();
    const bytes = await makeVideo();
    const first = (await upload(service.url, bytes, 'a.mp4')).result;
    const again = (await upload(service.url, bytes, 'b.mp4')).result;
    expect(again).toMatchObject({ id: first.id, filename: 'a.mp4', duplicateOf: { id: first.id } });
    expect(await filesOf(service, 'movies')).toEqual(['a.mp4']);

    const twice = (await upload(service.url, bytes, 'b.mp4', { allowDuplicate: true })).result;
    expect(twice).toMatchObject({ filename: 'b.mp4', duplicateOf: { id: first.id } });
    const query = '{ media(orderBy: {field: FILENAME}) { edges { node { filename duplicateOf { id } } } } }';
    expect((await service.post({ query })).body.data).toEqual({
      media: {
        edges: [
          { node: { filename: 'a.mp4', duplicateOf: null } },
          { node: { filename: 'b.mp4', duplicateOf: { id: first.id } } },
        ],
      },
    });
    expect(await scan(service)).toEqual({ added: 0, updated: 0, unchanged: 2 });
  });

  it('stores bytes whose earlier file is not there any more', async () => {
    const service = await start();
    const bytes = await makeVideo();
    await upload(service.url, bytes, 'a.mp4');
    await rm(join(service.category('movies').rootPath, 'a.mp4'));
    const { result } = await upload(service.url, bytes, 'b.mp4');
    expect(result).toMatchObject({ filename: 'b.mp4', duplicateOf: null });
  });

  it('stores one of many uploads of the same bytes at the same time', async () => {
    const service = await start();
    const bytes = await makeVideo();
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => upload(service.url, bytes, `${n}.mp4`)));
    const ids = new Set(answers.map(({ result }) => result.id));
    expect(ids.size).toBe(1);
    expect(answers.filter(({ result }) => result.duplicateOf === null)).toHaveLength(1);
    expect(await filesOf(service, 'movies')).toHaveLength(1);
    expect(await scan(service)).toEqual({ added: 0, updated: 0, unchanged: 1 });
  });

  it('knows the bytes of a file that was scanned and never hashed, however many send it', async () => {
    const service = await start();
    const bytes = await makeVideo(300_000);
    await writeFile(join(service.category('movies').rootPath, 'holiday.mp4'), bytes);
    await scan(service);
    const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => upload(service.url, bytes, `${n}.mp4`)));
    const { id } = (answers[0] as (typeof answers)[0]).result;
    const known = { filename: 'holiday.mp4', sha256: sha256(bytes), duplicateOf: { id } };
    expect(answers.map(({ result }) => result)).toMatchObject(answers.map(() => known));
    expect(await filesOf(service, 'movies')).toEqual(['.mediashelf-root', 'holiday.mp4']);
    const { result } = await upload(service.url, bytes, 'twice.mp4', { allowDuplicate: true });
    expect(result).toMatchObject({ filename: 'twice.mp4', duplicateOf: { id } });
  });

  it('hashes no file but what may be the same, and keeps no hash of one that changed since it was scanned', async () => {
    const service = await start();
    const bytes = await makeVideo(300_000);
    const path = (name: string) => join(service.category('movies').rootPath, name);
    const alike = Buffer.from(bytes);
    alike[110_000] = 1; // between the samples of which the fingerprint is made
    await writeFile(path('alike.mp4'), alike);
    await writeFile(path('changed.mp4'), bytes);
    await writeFile(path('other.mp4'), Buffer.from(bytes).fill(7, bytes.length - 4));
    await scan(service);
    await utimes(path('changed.mp4'), 1, 1);
    const { result } = await upload(service.url, bytes, 'new.mp4');
    expect(result).toMatchObject({ filename: 'new.mp4', duplicateOf: null });
    const items = await service.app.database.prisma.mediaItem.findMany({ orderBy: { filename: 'asc' } });
    expect(items.map((item) => [item.filename, item.sha256])).toEqual([
      ['alike.mp4', sha256(alike)],
      ['changed.mp4', null],
      ['new.mp4', sha256(bytes)],
      ['other.mp4', null],
    ]);
  });

  it('keeps all of two hundred uploads of the same name at the same time', async () => {
    const service = await start();
    const films = await Promise.all(Array.from({ length: 200 }, () => makeVideo()));
    const answers = await Promise.all(films.map((bytes) => upload(service.url, bytes, 'film.mp4')));
    expect(new Set(answers.map(({ result }) => result.filename)).size).toBe(200);
    const root = service.category('movies').rootPath;
    const stored = await Promise.all(
      (await readdir(root)).map(async (name) => sha256(await readFile(join(root, name)))),
    );
    expect(stored.toSorted()).toEqual(films.map(sha256).toSorted());
    expect(await scan(service)).toEqual({ added: 0, updated: 0, unchanged: 200 });
  });

  it('keeps what was said of a file that a running scan sees first', async () => {
    const service = await start();
    const films = await Promise.all(Array.from({ length: 30 }, () => makeVideo()));
    const scans = (async () => {
      for (let round = 0; round < 5; round += 1) await scan(service);
    })();
    const answers = await Promise.all(
      films.map((bytes, n) => upload(service.url, bytes, `${n}.mp4`, { title: `T${n}` })),
    );
    await scans;
    expect(await scan(service)).toEqual({ added: 0, updated: 0, unchanged: 30 });
    const items = await service.app.database.prisma.mediaItem.findMany({ include: { shelf: true } });
    expect(items.map(({ id, title, sha256: hash, shelf }) => ({ id, title, hash, status: shelf.status }))).toEqual(
      expect.arrayContaining(
        films.map((bytes, n) => ({
          id: Number(Buffer.from(String(answers[n]?.result.id), 'base64url').toString().split(':')[1]),
          title: `T${n}`,
          hash: sha256(bytes),
          status: 'AVAILABLE',
        })),
      ),
    );
  });

  it('never takes the name of an item that is missing or removed, nor that of a file without an item', async () => {
    const service = await start();
    await service.writeFiles('movies', ['gone.mp4', 'new.mp4']);
    await scan(service);
    await rm(join(service.category('movies').rootPath, 'gone.mp4'));
    await service.writeFiles('movies', ['unseen.mp4']);
    const names = await Promise.all(
      ['gone.mp4', 'unseen.mp4', 'new.mp4'].map(
        async (name) => (await upload(service.url, await makeVideo(), name)).result,
      ),
    );
    expect(names.map(({ filename }) => filename)).toEqual(['gone (1).mp4', 'unseen (1).mp4', 'new (1).mp4']);
  });

  it('refuses what makes no sense, and leaves nothing behind', async () => {
    const service = await start();
    const picture = await makePicture();
    const refused: [object, Uint8Array, string, string][] = [
      [{ category: 'nowhere' }, picture, 'a.png', 'UNKNOWN_CATEGORY'],
      [{ category: 'photos', title: ' ' }, picture, 'a.png', 'INVALID_INPUT'],
      [{ category: 'photos', description: 'x\0' }, picture, 'a.png', 'INVALID_INPUT'],
      [{ category: 'photos', uploadedBy: 'x'.repeat(201) }, picture, 'a.png', 'INVALID_INPUT'],
      [{ category: 'movies' }, picture, 'a.mp4', 'UNSUPPORTED_MEDIA'],
      [{ category: 'photos' }, await makeVideo(), 'a.png', 'UNSUPPORTED_MEDIA'],
      [{ category: 'photos' }, Buffer.from('<html></html>'), 'a.png', 'UNSUPPORTED_MEDIA'],
      [{ category: 'photos' }, Buffer.alloc(0), 'a.png', 'UNSUPPORTED_MEDIA'],
    ];
    for (const [input, bytes, name, code] of refused) {
      const { status, result } = await upload(service.url, bytes, name, input);
      expect({ status, code: result.code }).toEqual({ status: 200, code });
    }
    expect(await filesOf(service, 'photos')).toEqual([]);
    expect(await filesOf(service, 'movies')).toEqual([]);
    expect(await leftIn(service.incomingDir)).toEqual([]);
    expect(await service.app.database.prisma.mediaItem.count()).toBe(0);
  });

  it('removes the file where the row cannot be written', async () => {
    const service = await start();
    const { prisma } = service.app.database;
    await prisma.$executeRawUnsafe('ALTER TABLE media_items RENAME COLUMN uploaded_at TO elsewhere');
    const { status, body } = await upload(service.url, await makeVideo(), 'a.mp4');
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
    });
    expect(await filesOf(service, 'movies')).toEqual([]);
    expect(await leftIn(service.incomingDir)).toEqual([]);
    await prisma.$executeRawUnsafe('ALTER TABLE media_items RENAME COLUMN elsewhere TO uploaded_at');
    expect(await prisma.mediaItem.count()).toBe(0);
  });

  it('puts nothing below the empty mount point of a disk that is away, and everything on it when it is back', async () => {
    const service = await start();
    const root = service.category('movies').rootPath;
    await service.writeFiles('movies', ['known.mp4']);
    await scan(service);
    await rename(root, `${root}-away`);
    await mkdir(root);
    const bytes = await makeVideo();
    expect((await upload(service.url, bytes, 'a.mp4')).result).toEqual({
      __typename: 'StorageError',
      code: 'STORAGE_ERROR',
      message: expect.stringMatching(/^The category movies is offline: its root folder has 0 of 1 files/),
    });
    expect(await readdir(root)).toEqual([]);
    expect(await leftIn(service.incomingDir)).toEqual([]);
    expect(await service.app.database.prisma.mediaItem.count()).toBe(1);
    await rmdir(root);
    await rename(`${root}-away`, root);
    expect((await upload(service.url, bytes, 'a.mp4')).result).toMatchObject({ relativePath: 'a.mp4' });
    expect(await scan(service)).toEqual({ added: 0, updated: 0, unchanged: 2 });
  });

  it('says what is wrong with the disk, and leaves nothing behind', async () => {
    const service = await start();
    const root = service.category('movies').rootPath;
    await rm(root, { recursive: true });
    expect((await upload(service.url, await makeVideo(), 'a.mp4')).result).toMatchObject({
      __typename: 'StorageError',
      code: 'STORAGE_ERROR',
      message: expect.stringContaining('its root folder is not there'),
    });
    await writeFile(root, 'a file in the place of the folder');
    expect((await upload(service.url, await makeVideo(), 'a.mp4')).result.__typename).toBe('StorageError');
    expect((await stat(root)).isFile()).toBe(true);
    expect(await leftIn(service.incomingDir)).toEqual([]);
  });
});

it('refuses a file over the limit with a typed error, whatever its length says', async () => {
  const service = await startTestService({ environment: { UPLOAD_MAX_BYTES: '100000' } });
  const { status, result } = await upload(service.url, await makeVideo(3_000_000), 'a.mp4');
  expect({ status, result }).toMatchObject({
    status: 200,
    result: { __typename: 'FileTooLargeError', code: 'FILE_TOO_LARGE' },
  });
  expect(await leftIn(service.incomingDir)).toEqual([]);
});
