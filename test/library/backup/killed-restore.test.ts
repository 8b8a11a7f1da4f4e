import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { createPictureMoves } from '../../../src/library/legacy/picture-moves.ts';
import { openDatabase } from '../../../src/base/database/open-database.ts';
import { compiledPath } from '../../support/compile-sources.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import {
  addModel,
  addPending,
  backUpLibrary,
  placesIn,
  readLibrary,
  restoreLibrary,
  writeLibrary,
} from './backed-up-library.ts';

const program = compiledPath(new URL('restore-process.ts', import.meta.url));

it('a restore that is killed leaves the old state or the new one, never a mixture', { timeout: 600_000 }, async () => {
  const source = await temporaryFolder();
  const archive = join(source, 'backup.tar');
  await writeLibrary(source, 'new', 80);
  await backUpLibrary(source, archive);
  const { 'proxy_image/new.webp': _, ...newFiles } = (await readLibrary(source)).files;
  const old = await temporaryFolder();
  await writeLibrary(old, 'old', 2);
  const oldState = await readLibrary(old);
  const outcomes: unknown[] = [];
  for (let round = 0; round < 8; round++) {
    const folder = join(await temporaryFolder(), 'copy');
    await cp(old, folder, { recursive: true });
    // Half of them while files are unpacked, half while they take their places.
    await killWhile(folder, archive, round % 2 === 0 ? round * 40 : 'replacing');
    const state = await readLibrary(folder);
    outcomes.push(state.name);
    const { pictures } = state;
    const newState = { name: 'new', config: '# of new\n', log: '{"of":"old"}\n', files: newFiles, pictures };
    expect(state).toEqual(state.name === 'old' ? oldState : newState);
    // And it can be done again.
    await restoreLibrary(folder, archive, { force: true });
    expect((await readLibrary(folder)).files).toEqual(newFiles);
    expect(await readdir(join(folder, 'data'))).not.toContain('.restore');
  }
  expect(new Set(outcomes)).toEqual(new Set(['old', 'new']));
});

async function killWhile(folder: string, archive: string, when: number | 'replacing'): Promise<void> {
  const child = spawn(process.execPath, [program, folder, archive], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  await once(child.stdout, 'data');
  if (when === 'replacing') {
    const journal = join(folder, 'data/catalogue.db-restore');
    while (!existsSync(journal) && child.exitCode === null) await setTimeout(1);
  } else await setTimeout(when);
  child.kill('SIGKILL');
  await ended;
}

it('every picture of a backup that was taken beside writers is in it', { timeout: 600_000 }, async () => {
  const folder = await temporaryFolder();
  await writeLibrary(folder, 'old', 40);
  const { dataDir, databaseUrl } = placesIn(folder);
  const database = await openDatabase(databaseUrl);
  onTestFinished(() => database.close());
  const { prisma } = database;
  const gone: string[] = [];
  let [isOver, isBackingUp] = [false, false];
  // As legacy migrations and promotions do: models appear with their files; pending pictures appear, become a note with
  // their record gone, and lose file and note.
  const moves = createPictureMoves({
    database,
    images: {
      pendingFolder: join(dataDir, 'images/pending'),
      add: async () => ({ state: 'taken' }),
      async dropPending(name) {
        await rm(join(dataDir, 'images/pending', name), { force: true });
        gone.push(name);
      },
    },
    log: { error() {}, warn() {} },
  });
  onTestFinished(() => moves.close());
  const writing = (async () => {
    for (let id = 1; !isOver; id++) {
      // Each of them costs every later round; beside a restore there is nothing to see.
      while (!isBackingUp && !isOver) await setTimeout(1);
      await addModel(database, dataDir, `during ${id}`);
      await addPending(database, dataDir, 1000 + id, 'during');
      const pending = await prisma.pendingImport.findFirstOrThrow({
        orderBy: { id: 'asc' },
        include: { images: true },
      });
      await prisma.$transaction([
        ...pending.images.map(({ name, source }) =>
          prisma.pictureMove.create({ data: { sha256: null, name, source } }),
        ),
        prisma.pendingImport.delete({ where: { id: pending.id } }),
      ]);
      moves.wake();
      await setTimeout(5);
    }
  })();
  for (let round = 0; round < 4; round++) {
    const archive = join(folder, `${round}.tar`);
    isBackingUp = true;
    expect(await backUpLibrary(folder, archive)).toMatchObject({ lost: [] });
    isBackingUp = false;
    const elsewhere = await temporaryFolder();
    await restoreLibrary(elsewhere, archive);
    const { pictures, files } = await readLibrary(elsewhere);
    expect(pictures.filter((name) => !(name in files))).toEqual([]);
    expect(pictures.length).toBeGreaterThan(100);
  }
  isOver = true;
  await writing;
  expect(gone.length).toBeGreaterThan(10);
});
