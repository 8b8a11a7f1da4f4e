import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { createCopypartyTarget } from '../../../src/library/copyparty/copyparty-target.ts';
import { createIndexNotifier } from '../../../src/library/copyparty/index-notifier.ts';
import { startFakeCopyparty } from '../../support/fake-copyparty.ts';
import { openCopyparty } from '../../support/open-copyparty.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const log = pino({ level: 'silent' });

async function* names(...given: string[]): AsyncGenerator<string> {
  yield* given;
}

async function open() {
  const [fake, folder, root] = [await startFakeCopyparty(), await temporaryFolder(), await temporaryFolder()];
  fake.addFile('/movies/known.mp4');
  const path = join(folder, 'received.part');
  await writeFile(path, 'bytes of a film');
  const target = createCopypartyTarget({ copyparty: openCopyparty(fake.url), log });
  const file = { path, sizeBytes: 15 };
  return { fake, file, root, place: { rootPath: root, copypartyPath: '/movies' }, target };
}

it('sends a file, and describes it as the disk has it, where that is the same', async () => {
  const { fake, file, root, place, target } = await open();
  fake.onStored = (path, content) => writeFile(join(root, path.slice('/movies/'.length)), content);
  const placed = await target.place(file, place, names('fil m#é.mp4', 'other.mp4'));
  const { mtimeNs } = await stat(join(root, 'fil m#é.mp4'), { bigint: true });
  expect(placed).toMatchObject({ relativePath: 'fil m#é.mp4', sizeBytes: 15, modifiedNs: mtimeNs });
  expect(fake.files.get('/movies/fil m#é.mp4')?.content.toString()).toBe('bytes of a film');
});

it('sends a file into a folder, and takes it back from there', async () => {
  const { fake, file, place, target } = await open();
  const placed = await target.place(file, place, names('a b.mp4'), 'Trips/Été 2024');
  expect(placed.relativePath).toBe('Trips/Été 2024/a b.mp4');
  expect(fake.files.has('/movies/Trips/Été 2024/a b.mp4')).toBe(true);
  await placed.undo();
  expect([...fake.files.keys()]).toEqual(['/movies/known.mp4']);
});

it('takes the name that copyparty gives, and its time, where the disk is another', async () => {
  const { fake, file, place, target } = await open();
  const placed = await target.place(file, place, names('known.mp4'));
  expect(placed.relativePath).toBe('known.mp4-1795252066.414665-JUCJw6jz.mp4');
  expect(fake.files.get('/movies/known.mp4')?.content.toString()).toBe('/movies/known.mp4');
  expect(Math.abs(Number(placed.modifiedNs / 1_000_000n) - Date.now())).toBeLessThan(60_000);
});

it('takes back what it placed', async () => {
  const { fake, file, place, target } = await open();
  const placed = await target.place(file, place, names('film.mp4'));
  await placed.undo();
  expect([...fake.files.keys()]).toEqual(['/movies/known.mp4']);
});

it.each([
  ['refuses', { kind: 'answers', status: 403 }],
  ['is full', { kind: 'answers', status: 500 }],
  ['names no file', { kind: 'answers', status: 201, headers: { location: '/elsewhere/x.mp4' } }],
  ['says nothing', { kind: 'answers', status: 201 }],
  ['closes the connection', { kind: 'closes-connections', times: 9 }],
] as const)('says that it is the storage, where copyparty %s', async (_what, fault) => {
  const { fake, file, place, target } = await open();
  fake.fault = { ...fault };
  await expect(target.place(file, place, names('film.mp4'))).rejects.toMatchObject({ code: 'STORAGE_ERROR' });
});

it('removes a file that copyparty stored by halves', async () => {
  const { fake, file, root, place, target } = await open();
  fake.onStored = (path, content) => writeFile(join(root, path.slice('/movies/'.length)), content.subarray(1));
  await expect(target.place(file, place, names('film.mp4'))).rejects.toMatchObject({ code: 'STORAGE_ERROR' });
  expect([...fake.files.keys()]).toEqual(['/movies/known.mp4']);
});

it('tells copyparty of many changes once, and stops where it is no admin', async () => {
  const fake = await startFakeCopyparty();
  fake.addFile('/movies/known.mp4');
  const told: unknown[] = [];
  const hearing = pino({}, { write: (line) => void told.push(line) });
  const notifier = createIndexNotifier({
    copyparty: openCopyparty(fake.url),
    findCategory: (key) => ({ copypartyPath: `/${key}` }),
    delayMs: 20,
    log: hearing,
  });
  const asked = () => fake.requests.filter(({ url }) => url === '/movies/?scan').length;
  for (let change = 0; change < 10; change += 1) notifier.changed('movies');
  await expect.poll(asked).toBe(1);
  fake.fault = { kind: 'answers', status: 403 };
  notifier.changed('movies');
  await expect.poll(() => told.length).toBe(1);
  expect(asked()).toBe(2);
  notifier.changed('movies');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(asked()).toBe(2);
  notifier.close();
});
