import { createHash } from 'node:crypto';
import { copyFile, link, mkdir, readdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unfinishedName } from '../../../src/base/files/unfinished.ts';
import { startTestService, type TestService } from '../../support/test-service.ts';
import { makeVideo } from '../../support/upload.ts';

const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
let made = 0;
/** A name that an earlier process gave. */
const abandonedName = () =>
  `${host}.${process.pid}.00000000.01234567-89ab-4cde-8f01-${String(made++).padStart(12, '0')}`;

interface Left {
  film?: Buffer;
  note?: string;
  name?: string;
}

/** Leaves an upload in the folder as a killed process does; gives the path of its bytes. */
async function leave(service: TestService, { film, note, name = abandonedName() }: Left): Promise<string> {
  await mkdir(service.incomingDir, { recursive: true });
  const path = join(service.incomingDir, `${name}.part`);
  await writeFile(path, film ?? (await makeVideo()));
  const details = { category: 'movies', title: 'The Trip', description: null, uploadedBy: 'Ann' };
  const whole = JSON.stringify({ filename: 'trip.mp4', details });
  if (note !== '') await writeFile(join(service.incomingDir, `${name}.json`), note ?? whole);
  return path;
}

const left = async ({ incomingDir }: TestService) =>
  (await readdir(incomingDir)).filter((name) => name !== 'resumable').toSorted();

const items = async ({ app }: TestService) => {
  const select = { relativePath: true, title: true, uploadedBy: true, originalFilename: true };
  return app.database.prisma.mediaItem.findMany({ select, orderBy: { id: 'asc' } });
};

const trip = { relativePath: 'trip.mp4', title: 'The Trip', uploadedBy: 'Ann', originalFilename: 'trip.mp4' };

describe('An upload that a killed process had received whole', () => {
  it('is taken in at the start with what was said of it, and is known when it is sent again', async () => {
    const service = await startTestService();
    const film = await makeVideo();
    await leave(service, { film });
    await service.app.resume();
    expect([await items(service), await left(service)]).toEqual([[trip], []]);
    await leave(service, { film });
    await service.app.resume();
    expect([await items(service), await left(service)]).toEqual([[trip], []]);
  });

  it('is completed where it was placed already, also if a scan has found it meanwhile', async () => {
    const service = await startTestService();
    const { rootPath } = service.category('movies');
    await service.writeFiles('movies', ['trip.mp4']);
    await link(await leave(service, {}), join(rootPath, 'trip (1).mp4'));
    await service.app.jobs.waitFor((await service.app.scanner.start({})).id);
    await service.app.resume();
    expect((await readdir(rootPath)).filter((name) => name.endsWith('.mp4'))).toEqual(['trip (1).mp4', 'trip.mp4']);
    expect(await items(service)).toContainEqual({ ...trip, relativePath: 'trip (1).mp4' });
    expect([(await items(service)).length, await left(service)]).toEqual([2, []]);
  });

  it('is completed where it had to be copied to another filesystem', async () => {
    const service = await startTestService();
    const { rootPath } = service.category('movies');
    const name = abandonedName();
    const copy = join(rootPath, `.mediashelf-${name}.part`);
    await copyFile(await leave(service, { name }), copy);
    await link(copy, join(rootPath, 'trip.mp4'));
    await service.app.resume();
    expect([await items(service), await left(service)]).toEqual([[trip], []]);
    expect(await readdir(rootPath)).toEqual(['trip.mp4']);
  });

  it('waits for the disk of its category', async () => {
    const service = await startTestService();
    const { rootPath } = service.category('movies');
    await leave(service, {});
    await service.writeConfig([{ key: 'movies', default: true, root_path: `${rootPath}/not-mounted` }]);
    await service.app.mediaConfig.reload();
    await service.app.resume();
    expect([await items(service), (await left(service)).length]).toEqual([[], 2]);
    await mkdir(`${rootPath}/not-mounted`);
    await service.app.resume();
    expect([await items(service), await left(service)]).toEqual([[trip], []]);
  });
});

it('removes at the start what broke off, and nothing that is being received now', async () => {
  const service = await startTestService();
  await leave(service, { note: '' });
  await leave(service, { note: '{"filename": "trip' });
  await leave(service, { film: Buffer.from('no film') });
  const receiving = unfinishedName();
  await leave(service, { name: receiving, note: '' });
  await service.app.resume();
  expect([await items(service), await left(service)]).toEqual([[], [`${receiving}.part`]]);
});
