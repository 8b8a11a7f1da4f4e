import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { PlanEntryKind } from '../../../src/library/scan/plan/scan-plan.ts';
import { ScanPlanNotFoundError } from '../../../src/library/scan/scan-errors.ts';
import { categoryOf } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { openScanLibrary } from '../../support/scan-library.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';

const names = (count: number, prefix = '') => Array.from({ length: count }, (_, index) => `${prefix}${index}.jpg`);
const firstPage = { count: 200, backward: false, cursor: null };

describeOnEachDatabase('A scan that would lose much', (open) => {
  async function openTwo(files: string[]) {
    const database = await open();
    const [photoRoot, albumRoot] = [await temporaryFolder(), await temporaryFolder()];
    await writeFiles(photoRoot, files);
    await writeFiles(albumRoot, ['album.jpg']);
    const library = await openScanLibrary(database, [
      categoryOf({ key: 'photos', rootPath: photoRoot }),
      categoryOf({ key: 'albums', rootPath: albumRoot }),
    ]);
    await library.scan();
    const apply = async (jobId: string) => library.jobs.waitFor((await library.scanner.applyPlan(jobId)).id);
    const applyKinds = async (jobId: string, kinds: PlanEntryKind[]) =>
      library.jobs.waitFor((await library.scanner.applyPlan(jobId, 'test', kinds)).id);
    return { database, photoRoot, albumRoot, library, apply, applyKinds };
  }

  it('changes nothing in that category, does the others, and keeps the plan', async () => {
    const { photoRoot, albumRoot, library } = await openTwo(names(60));
    const before = await library.contents();
    for (const name of names(21)) await rm(join(photoRoot, name));
    await writeFiles(photoRoot, ['new.jpg']);
    await writeFiles(albumRoot, ['more.jpg']);
    const { job, summary, only } = await library.scan();
    expect(job.status).toBe('HELD');
    expect(only).toMatchObject({ held: true, missing: 21, added: 1 });
    expect(only.notes).toEqual([expect.stringMatching(/^21 of 60 files would be marked missing, more than 30 %/)]);
    expect(summary.categories[1]).toMatchObject({ held: false, added: 1 });
    expect(summary.loggedMissing).toBe(0);
    expect(await library.deletions()).toEqual([]);
    expect((await library.contents()).filter((line) => !line.includes('more'))).toEqual(before);
    expect((await library.scanner.heldScan())?.id).toBe(job.id);
    const { edges } = await library.scanner.plan(job.id, null, firstPage);
    expect(edges.map(({ node }) => `${node.kind} ${node.relativePath}`).sort()).toEqual(
      ['ADD new.jpg', ...names(21).map((name) => `LOSS ${name}`)].sort(),
    );
    expect((await library.scanner.plan(job.id, ['ADD'], firstPage)).edges).toHaveLength(1);
  });

  it.each([
    ['not more than the share', 100, 30],
    ['fewer than the number', 25, 19],
  ])('is not held for %s', async (_, files, lost) => {
    const { photoRoot, library } = await openTwo(names(files));
    for (const name of names(lost)) await rm(join(photoRoot, name));
    const { job, only } = await library.scan();
    expect(job.status).toBe('SUCCEEDED');
    expect(only).toMatchObject({ held: false, missing: lost });
  });

  it('is done exactly as it was read, and what happened since is left to the next scan', async () => {
    const { photoRoot, library, apply } = await openTwo(names(40));
    for (const name of names(25)) await rm(join(photoRoot, name));
    await rename(join(photoRoot, '39.jpg'), join(photoRoot, 'moved.jpg'));
    const held = await library.scan();
    await writeFiles(photoRoot, ['later.jpg']);
    await rm(join(photoRoot, '30.jpg'));
    const applied = await apply(held.job.id);
    expect(applied).toMatchObject({ status: 'SUCCEEDED', failure: null });
    const contents = await library.contents();
    expect(contents.filter((line) => line.startsWith('MISSING'))).toEqual(
      names(25)
        .map((name) => `MISSING ${name}`)
        .sort(),
    );
    expect(contents).toEqual(expect.arrayContaining(['AVAILABLE moved.jpg', 'AVAILABLE 30.jpg']));
    expect(contents).not.toContain('AVAILABLE later.jpg');
    expect(await library.deletions()).toHaveLength(25);
    expect(await library.scanner.heldScan()).toBeNull();
    expect((await library.scan()).only).toMatchObject({ added: 1, missing: 1 });
  });

  it('is found while other categories and parts of its own are scanned, until all of it was scanned again', async () => {
    const { photoRoot, albumRoot, library } = await openTwo(names(40));
    for (const name of names(25)) await rm(join(photoRoot, name));
    const held = await library.scan({ categories: ['photos'] });
    await writeFiles(albumRoot, ['more.jpg']);
    await library.scan({ categories: ['albums'] });
    await writeFiles(photoRoot, ['new.jpg']);
    await library.scan({ paths: ['photos/new.jpg'] });
    await library.scan({ categories: ['photos'], limit: 1 });
    expect((await library.scanner.heldScan())?.id).toBe(held.job.id);
    await writeFiles(photoRoot, names(25));
    expect((await library.scan({ categories: ['photos'] })).job.status).toBe('SUCCEEDED');
    expect(await library.scanner.heldScan()).toBeNull();
  });

  it('is found until it is accepted, whatever other plan is', async () => {
    const { photoRoot, library, apply } = await openTwo(names(40));
    await writeFiles(photoRoot, ['new/x.jpg']);
    const whole = await library.scan({ dryRun: true });
    for (const name of names(25)) await rm(join(photoRoot, name));
    const held = await library.scan();
    const part = await library.scan({ paths: ['photos/new'], dryRun: true });
    for (const { job } of [part, whole]) {
      expect(await apply(job.id)).toMatchObject({ status: 'SUCCEEDED' });
      expect((await library.scanner.heldScan())?.id).toBe(held.job.id);
    }
    const again = await library.scan({ paths: ['photos'] });
    expect((await library.scanner.heldScan())?.id).toBe(again.job.id);
    expect(await apply(again.job.id)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await library.scanner.heldScan()).toBeNull();
  });

  it('is not done at all when a part of it does not hold any more', async () => {
    const { photoRoot, library, apply } = await openTwo(names(40));
    for (const name of names(25)) await rm(join(photoRoot, name));
    const held = await library.scan();
    const before = await library.contents();
    await writeFiles(photoRoot, ['3.jpg']);
    const applied = await apply(held.job.id);
    expect(applied).toMatchObject({
      status: 'FAILED',
      failure: expect.stringMatching(/^1 of the 25 planned changes do not hold any more, such as LOSS photos\/3\.jpg/),
    });
    expect(await library.contents()).toEqual(before);
  });

  it('is done to its end where a kill came halfway', async () => {
    const { database, photoRoot, library, apply } = await openTwo(names(40));
    for (const name of names(25)) await rm(join(photoRoot, name));
    await rename(join(photoRoot, '39.jpg'), join(photoRoot, 'moved.jpg'));
    await writeFiles(photoRoot, ['new.jpg']);
    const { job } = await library.scan();
    const entries = await database.prisma.scanPlanEntry.findMany();
    await database.prisma.scanPlanEntry.deleteMany({
      where: { NOT: { relativePath: { in: ['moved.jpg', 'new.jpg', '3.jpg'] } } },
    });
    expect(await apply(job.id)).toMatchObject({ status: 'SUCCEEDED' });
    await database.prisma.scanPlanEntry.deleteMany();
    await database.prisma.scanPlanEntry.createMany({ data: entries });
    expect(await apply(job.id)).toMatchObject({ status: 'SUCCEEDED', failure: null });
    expect((await library.contents()).filter((line) => line.startsWith('MISSING'))).toHaveLength(25);
  });

  it('fails where its plan went before it was done', async () => {
    const { database, photoRoot, library } = await openTwo(names(40));
    for (const name of names(25)) await rm(join(photoRoot, name));
    const held = await library.scan();
    const letGo = library.hold();
    const { id } = await library.scanner.applyPlan(held.job.id);
    await database.prisma.scanPlanEntry.deleteMany();
    letGo();
    expect(await library.jobs.waitFor(id)).toMatchObject({
      status: 'FAILED',
      failure: expect.stringMatching(/no plan/),
    });
  });

  it('is done into an empty catalogue too', async () => {
    const { database, library, apply } = await openTwo(['a.jpg']);
    await database.prisma.mediaItem.deleteMany();
    const { job } = await library.scan({ dryRun: true });
    expect(await apply(job.id)).toMatchObject({ status: 'SUCCEEDED', failure: null });
    expect(await library.contents()).toEqual(['AVAILABLE a.jpg', 'AVAILABLE album.jpg']);
  });

  it('is read before it is done: a dry run leaves its plan', async () => {
    const { photoRoot, library, apply } = await openTwo(['a.jpg', 'b.jpg', 'moved.jpg']);
    await rm(join(photoRoot, 'a.jpg'));
    await writeFile(join(photoRoot, 'b.jpg'), 'other bytes');
    await mkdir(join(photoRoot, 'x'));
    await rename(join(photoRoot, 'moved.jpg'), join(photoRoot, 'x/moved.jpg'));
    await writeFiles(photoRoot, ['d.jpg']);
    const dry = await library.scan({ dryRun: true });
    const { edges } = await library.scanner.plan(dry.job.id, null, { count: 3, backward: false, cursor: null });
    expect(edges.map(({ node }) => node)).toMatchObject([
      { kind: 'MOVE', relativePath: 'x/moved.jpg', fromCategory: 'photos', fromPath: 'moved.jpg', sizeBytes: 9 },
      { kind: 'ADD', relativePath: 'd.jpg', itemId: null },
      { kind: 'UPDATE', relativePath: 'b.jpg', itemId: expect.any(Number) },
    ]);
    const rest = { count: 3, backward: false, cursor: edges.at(-1)?.cursor ?? null };
    expect((await library.scanner.plan(dry.job.id, null, rest)).edges).toMatchObject([
      { node: { kind: 'LOSS', relativePath: 'a.jpg' } },
    ]);
    expect(await apply(dry.job.id)).toMatchObject({ status: 'SUCCEEDED' });
    const done = [
      'MISSING a.jpg',
      'AVAILABLE b.jpg',
      'AVAILABLE d.jpg',
      'AVAILABLE x/moved.jpg',
      'AVAILABLE album.jpg',
    ];
    expect((await library.contents()).sort()).toEqual(done.sort());
  });

  it('keeps its plan where the clock was ahead when others were made', async () => {
    const { database, photoRoot, library } = await openTwo(['a.jpg']);
    await writeFiles(photoRoot, ['new.jpg']);
    for (let scans = 0; scans < 10; scans++) await library.scan({ dryRun: true });
    await database.prisma.job.updateMany({ data: { createdAt: new Date(Date.now() + 86_400_000) } });
    const { job } = await library.scan({ dryRun: true });
    expect((await library.scanner.plan(job.id, null, firstPage)).edges).toHaveLength(1);
  });

  it('leaves no plan when it did what it found, and an unknown job has none', async () => {
    const { library } = await openTwo(['a.jpg']);
    const { job } = await library.scan();
    await expect(library.scanner.applyPlan(job.id)).rejects.toThrow(ScanPlanNotFoundError);
    await expect(library.scanner.applyPlan('nothing')).rejects.toThrow(ScanPlanNotFoundError);
  });

  it('keeps the plans of the newest ten scans', async () => {
    const { database, photoRoot, library } = await openTwo(['a.jpg']);
    await writeFiles(photoRoot, ['b.jpg']);
    for (let scan = 0; scan < 12; scan++) await library.scan({ dryRun: true });
    expect(await database.prisma.scanPlanEntry.count()).toBe(10);
  });

  it('is done but for its losses, which stay held until they are accepted', async () => {
    const { photoRoot, library, applyKinds } = await openTwo(names(40));
    for (const name of names(25)) await rm(join(photoRoot, name));
    await rename(join(photoRoot, '39.jpg'), join(photoRoot, 'moved.jpg'));
    await writeFiles(photoRoot, ['new.jpg']);
    const { job } = await library.scan();
    // What is left out need not hold.
    await writeFiles(photoRoot, ['3.jpg']);
    expect(await applyKinds(job.id, ['ADD', 'UPDATE', 'MOVE'])).toMatchObject({
      status: 'SUCCEEDED',
      result: { categories: expect.arrayContaining([expect.objectContaining({ added: 1, moved: 1, missing: 0 })]) },
    });
    const contents = await library.contents();
    expect(contents).toEqual(expect.arrayContaining(['AVAILABLE moved.jpg', 'AVAILABLE new.jpg', 'AVAILABLE 0.jpg']));
    expect(contents.filter((line) => line.startsWith('MISSING'))).toEqual([]);
    expect((await library.scanner.heldScan())?.id).toBe(job.id);

    expect(await applyKinds(job.id, ['LOSS'])).toMatchObject({
      status: 'FAILED',
      failure: expect.stringMatching(/^1 of the 25 planned changes do not hold any more, such as LOSS photos\/3\.jpg/),
    });
    await rm(join(photoRoot, '3.jpg'));
    expect(await applyKinds(job.id, ['LOSS'])).toMatchObject({ status: 'SUCCEEDED' });
    expect((await library.contents()).filter((line) => line.startsWith('MISSING'))).toHaveLength(25);
    expect(await library.scanner.heldScan()).toBeNull();
  });

  it('adds no file in the place of an item that has not moved away', async () => {
    const { photoRoot, library, applyKinds } = await openTwo(['a.jpg', 'b.jpg']);
    await rename(join(photoRoot, 'a.jpg'), join(photoRoot, 'moved.jpg'));
    await writeFile(join(photoRoot, 'a.jpg'), 'another picture');
    const { job } = await library.scan({ dryRun: true });
    await expect(applyKinds(job.id, ['ADD'])).rejects.toThrow(
      /^1 new file lies where an item moved away from, such as photos\/a\.jpg: name MOVE together with ADD/,
    );
    expect(await applyKinds(job.id, ['MOVE'])).toMatchObject({ status: 'SUCCEEDED' });
    expect(await applyKinds(job.id, ['ADD'])).toMatchObject({ status: 'SUCCEEDED' });
    expect(await library.contents()).toEqual(
      expect.arrayContaining(['AVAILABLE a.jpg', 'AVAILABLE b.jpg', 'AVAILABLE moved.jpg']),
    );
  });

  it('refuses kinds of which the plan has nothing, and none', async () => {
    const { photoRoot, library, applyKinds } = await openTwo(['a.jpg']);
    await writeFiles(photoRoot, ['new.jpg']);
    const { job } = await library.scan({ dryRun: true });
    await expect(applyKinds(job.id, ['LOSS', 'MOVE'])).rejects.toThrow('The plan has no LOSS or MOVE; it has ADD.');
    await expect(applyKinds(job.id, [])).rejects.toThrow('Name at least one kind of change');
  });

  it('is searched by words of its paths, forward and backward, and by category', async () => {
    const { database, photoRoot, albumRoot, library } = await openTwo(['a.jpg']);
    await writeFiles(photoRoot, ['Straße/é 1.jpg', 'Straße/é 2.jpg', 'other/é 3.jpg']);
    await writeFiles(albumRoot, ['strasse.jpg']);
    await rename(join(photoRoot, 'a.jpg'), join(albumRoot, 'moved.jpg'));
    const { job } = await library.scan({ dryRun: true });
    const paths = async (filter: object, page = {}, kinds: 'ADD'[] | null = null) =>
      (await library.scanner.plan(job.id, kinds, { ...firstPage, ...page }, filter)).edges.map(
        ({ node }) => node.relativePath,
      );
    expect(await paths({ search: 'STRASSE' })).toEqual(['Straße/é 1.jpg', 'Straße/é 2.jpg', 'strasse.jpg']);
    expect(await paths({ search: 'strasse', category: 'albums' })).toEqual(['strasse.jpg']);
    expect(await paths({ search: 'e strasse' }, { count: 1 })).toEqual(['Straße/é 1.jpg']);
    expect(await paths({ search: 'e strasse' }, { count: 1, backward: true })).toEqual(['strasse.jpg']);
    expect(await paths({ category: 'photos' })).toHaveLength(4);
    expect(await paths({ category: 'photos', search: 'a.jpg' })).toEqual(['moved.jpg']);
    expect(await paths({ search: 'moved' }, {}, ['ADD'])).toEqual([]);
    expect(await paths({ search: '' })).toHaveLength(5);
    await expect(paths({ search: 'x'.repeat(201) })).rejects.toThrow('at most 200 whole characters');
    await database.prisma.scanPlanEntry.createMany({
      data: Array.from({ length: 5_001 }, (_, index) => ({
        jobId: job.id,
        kind: 'ADD',
        category: 'photos',
        relativePath: `many/${index}.jpg`,
        sizeBytes: 1,
        signature: 'x',
      })),
    });
    expect(await paths({ search: 'many/5000' })).toEqual(['many/5000.jpg']);
    expect(await paths({ search: 'many/0.' }, { backward: true })).toEqual(['many/0.jpg']);
    expect(await library.scanner.planTotals(job.id)).toEqual([
      { kind: 'ADD', category: 'albums', count: 1, sizeBytes: 11 },
      { kind: 'MOVE', category: 'albums', count: 1, sizeBytes: 5 },
      { kind: 'ADD', category: 'photos', count: 5_004, sizeBytes: 5_001 + 46 },
    ]);
  });
});
