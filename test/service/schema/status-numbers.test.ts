import { rm } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { readDiskSpace } from '../../../src/base/config/disk-space.ts';
import { startTestService } from '../../support/test-service.ts';

const query = `{
  serviceStatus {
    uptimeSeconds workers { total busy queuedTasks } queue { runningJobs queuedJobs } thumbnailCacheBytes
  }
  scanInfo { directories { category freeBytes totalBytes } }
}`;

interface Answer {
  serviceStatus: Record<string, unknown>;
  scanInfo: { directories: { category: string; freeBytes: number | null; totalBytes: number | null }[] };
}

it('tells how much runs, waits and is kept, and what the disks have left', async () => {
  const service = await startTestService();
  await rm(service.category('photos').rootPath, { recursive: true });
  const { prisma } = service.app.database;
  const job = { kind: 'SCAN', input: {}, progress: {} };
  await prisma.job.createMany({
    data: ['QUEUED', 'QUEUED', 'RUNNING', 'CANCELLING', 'FAILED'].map((status, index) => ({
      ...job,
      id: `job-${index}`,
      status,
    })),
  });
  const { serviceStatus, scanInfo } = (await service.post({ query })).body.data as Answer;
  expect(serviceStatus).toEqual({
    uptimeSeconds: expect.any(Number),
    workers: { total: 2 * service.app.pool.threads, busy: expect.any(Number), queuedTasks: expect.any(Number) },
    queue: { runningJobs: 2, queuedJobs: 2 },
    thumbnailCacheBytes: 0,
  });
  const [movies, photos] = scanInfo.directories;
  expect(movies?.totalBytes).toBeGreaterThan(0);
  expect(movies?.freeBytes).toBeLessThanOrEqual(movies?.totalBytes ?? 0);
  expect(photos).toEqual({ category: 'photos', freeBytes: null, totalBytes: null });
});

it('knows nothing of the disk of a folder that is not there', async () => {
  expect(await readDiskSpace('/nowhere/at/all')).toBeNull();
});
