import { expect, it, vi } from 'vitest';
import { LostTaskError } from '../../src/errors/lost-task-error.ts';
import type { ProbeInput } from '../../src/metadata/probe-files.task.ts';
import { createProber } from '../../src/metadata/prober.ts';
import { catalogueFiles, categoryOf } from '../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../support/databases.ts';

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
    const pool = {
      threads: 2,
      async run(_name: 'probeFiles', { files }: ProbeInput) {
        tasks += 1;
        if (files.some(({ path }) => path === 'bad.jpg')) throw LostTaskError.becauseOfTime(120_000);
        return files.map(({ id }) => ({ id, ok: false as const, code: 'READ', note: 'It was read.' }));
      },
    };
    const prober = createProber({
      database,
      mediaConfig: { findCategory: () => category },
      pool,
      log,
      fingerprints: false,
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
    await prober.close();
  });
});
