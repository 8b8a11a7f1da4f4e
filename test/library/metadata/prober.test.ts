import { expect, it, vi } from 'vitest';
import { LostTaskError } from '../../../src/base/errors/domain-error.ts';
import type { ProbeInput, ProbeResult } from '../../../src/library/metadata/probe-files.task.ts';
import { createProber } from '../../../src/library/metadata/prober.ts';
import type { Recognition } from '../../../src/library/roots/recognise-root.ts';
import { catalogueFiles, categoryOf } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';

describeOnEachDatabase('The prober', (open) => {
  it('finds the file over which workers are lost, notes it, and reads all others', async () => {
    const database = await open();
    const category = categoryOf({ key: 'photos' });
    const names = Array.from({ length: 70 }, (_, n) => (n === 37 ? 'bad.jpg' : `good ${n}.jpg`));
    await catalogueFiles(
      database,
      category,
      names.map((relativePath) => ({ relativePath })),
    );
    const log = { error: vi.fn<() => void>(), debug: vi.fn<() => void>() };
    let tasks = 0;
    const limits = new Set<number | undefined>();
    const pool = {
      threads: 2,
      async run(_name: 'probeFiles', { files, maxPixels }: ProbeInput) {
        tasks += 1;
        limits.add(maxPixels);
        if (files.some(({ path }) => path === 'bad.jpg')) throw LostTaskError.becauseOfTime(120_000);
        return files.map(({ id }) => ({ id, ok: false as const, code: 'READ', note: 'It was read.' }));
      },
    };
    const prober = createProber({
      database,
      mediaConfig: { findCategory: () => category },
      roots: { recogniseOften: async () => ({ state: 'ONLINE', isCertain: true }) },
      pool,
      log,
      fingerprints: false,
      maxPixels: 5000,
    });
    await prober.drain();
    const items = await database.prisma.mediaItem.findMany({ select: { filename: true, technicalMetadata: true } });
    const noted = items.filter(({ technicalMetadata }) => JSON.stringify(technicalMetadata).includes('PROBE_FAILED'));
    expect(noted.map(({ filename }) => filename)).toEqual(['bad.jpg']);
    expect(JSON.stringify(noted[0]?.technicalMetadata)).toContain('not done after 120 seconds');
    expect(items.filter(({ technicalMetadata }) => JSON.stringify(technicalMetadata).includes('READ"'))).toHaveLength(
      69,
    );
    expect(log.error).toHaveBeenCalledTimes(1);
    expect(tasks).toBeLessThan(20);
    // The limit by which a picture gets its note is that of the settings.
    expect([...limits]).toEqual([5000]);
    await prober.close();
  });

  it('tells of the items whose headers said something, once that is stored', async () => {
    const database = await open();
    const category = categoryOf({ key: 'photos' });
    await catalogueFiles(database, category, [{ relativePath: 'a.jpg' }, { relativePath: 'torn.jpg' }]);
    const technical = {
      kind: 'picture' as const,
      format: 'jpeg',
      compression: null,
      colourSpace: 'srgb',
      bitDepth: 8,
      hasAlpha: false,
      pages: 1,
      density: null,
      orientation: null,
      notes: [],
    };
    const pool = {
      threads: 2,
      run: async (_name: 'probeFiles', { files }: ProbeInput): Promise<ProbeResult[]> =>
        files.map(({ id, path }) =>
          path === 'torn.jpg'
            ? { id, ok: false, code: 'READ', note: 'It was tried.' }
            : { id, ok: true, width: 30, height: 20, durationSeconds: null, technical },
        ),
    };
    const told: string[] = [];
    const prober = createProber({
      database,
      mediaConfig: { findCategory: () => category },
      roots: { recogniseOften: async () => ({ state: 'ONLINE', isCertain: true }) },
      pool,
      log: { error() {}, debug() {} },
      fingerprints: false,
      maxPixels: 5000,
      onKnown: (items) => told.push(...items.map(({ relativePath }) => relativePath)),
    });
    await prober.drain();
    expect(told).toEqual(['a.jpg']);
    await prober.close();
  });

  it('leaves items waiting whose disk is away or whose file is not there', async () => {
    const database = await open();
    const category = categoryOf({ key: 'photos' });
    await catalogueFiles(database, category, [{ relativePath: 'a.jpg' }, { relativePath: 'gone.jpg' }]);
    const offline = { state: 'OFFLINE', reason: 'its root folder is not there', exists: false } as const;
    let recognition: Recognition = offline;
    const pool = {
      threads: 2,
      run: async (_name: 'probeFiles', { files }: ProbeInput) =>
        files.map(({ id, path }) => {
          const code = path === 'gone.jpg' ? 'MEDIA_FILE_GONE' : 'READ';
          return { id, ok: false as const, code, note: 'It was tried.' };
        }),
    };
    const prober = createProber({
      database,
      mediaConfig: { findCategory: () => category },
      roots: { recogniseOften: async () => recognition },
      pool,
      log: { error() {}, debug() {} },
      fingerprints: false,
      maxPixels: 5000,
    });
    const probed = async () => {
      await prober.drain();
      const items = await database.prisma.mediaItem.findMany({ where: { probedAt: { not: null } } });
      return items.map(({ filename }) => filename);
    };
    expect(await probed()).toEqual([]);
    recognition = { state: 'ONLINE', isCertain: true };
    expect(await probed()).toEqual(['a.jpg']);
    await prober.close();
  });

  it('gives up what it reads when it closes, and leaves it to the next start', async () => {
    const database = await open();
    const category = categoryOf({ key: 'photos' });
    await catalogueFiles(database, category, [{ relativePath: 'slow.jpg' }, { relativePath: 'next.jpg' }]);
    const log = { error: vi.fn<() => void>(), debug: vi.fn<() => void>() };
    const run = vi.fn<(name: 'probeFiles', input: ProbeInput, options: { signal: AbortSignal }) => Promise<never>>(
      (_name, _input, { signal }) =>
        new Promise<never>((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        }),
    );
    const prober = createProber({
      database,
      mediaConfig: { findCategory: () => category },
      roots: { recogniseOften: async () => ({ state: 'ONLINE', isCertain: true }) },
      pool: { threads: 2, run },
      log,
      fingerprints: false,
      maxPixels: 120_000_000,
    });
    prober.wake();
    await expect.poll(() => run).toHaveBeenCalled();
    await prober.close();
    expect(await database.prisma.mediaItem.count({ where: { probedAt: null } })).toBe(2);
    expect(log.error).not.toHaveBeenCalled();
  });
});
