import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { compiledPath } from '../../support/compile-sources.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { writeOddLibrary } from '../../support/legacy-library.ts';
import { openLegacyService } from '../../support/legacy-service.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { readEndState } from './end-state.ts';

const program = compiledPath(new URL('migrate-process.ts', import.meta.url));

/** Migrates in another process, up to that step, and gives how it ended. */
async function migrateUpTo(step: number, url: string, dataDir: string, request: object): Promise<string> {
  const args = [program, url, dataDir, JSON.stringify(request), String(step)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const [, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return signal ?? printed.trim();
}

describeOnEachDatabase('A migration that is killed with -9 again and again', (open) => {
  it('comes to the end of an unbroken one', { timeout: 600_000 }, async () => {
    const { db, images, models } = await writeOddLibrary(await temporaryFolder());
    const pathMappings = [{ from: 'd:/comfyui/models', to: models }];
    const request = { legacyDbPath: db, legacyImagesDir: images, pathMappings };
    const dataDir = await temporaryFolder();
    const database = await open();

    // Each run comes a little further than the one before, or ends elsewhere among the pictures.
    const ends: string[] = [];
    for (const step of [2, 4, 7, 9, 11, 13, 15, 14]) ends.push(await migrateUpTo(step, open.url(), dataDir, request));
    expect(ends).toEqual(ends.map(() => 'SIGKILL'));
    const jobs = await database.prisma.job.findMany({ select: { status: true } });
    expect(jobs.filter(({ status }) => status === 'FAILED')).toHaveLength(ends.length - 1);
    expect(await migrateUpTo(0, open.url(), dataDir, request)).toMatch(/^SUCCEEDED_WITH_ERRORS/);
    const broken = await readEndState(database, dataDir);

    const { prisma } = database;
    await prisma.$transaction([prisma.model.deleteMany(), prisma.pendingImport.deleteMany(), prisma.tag.deleteMany()]);
    const service = await openLegacyService(database);
    await service.migrate(request);
    const unbroken = await readEndState(database, service.dataDir);
    // What was being written when the process died lies aside, until the service starts.
    expect(broken.files.filter((name) => !/^[0-9a-f]{8}\.\d+\./.test(name))).toEqual(unbroken.files);
    expect({ ...broken, files: [] }).toEqual({ ...unbroken, files: [] });
  });
});
