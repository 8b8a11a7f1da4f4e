import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodePublicId } from '../../src/base/public-id.ts';
import { writeFiles } from '../support/temporary-folder.ts';
import { readRows, type Row } from './catalogue-state.ts';
import type { CrashService } from './crash-service.ts';
import { runJob } from './operations.ts';
import type { Scenario } from './scenario.ts';

/** Several batches, and as many that are deleted for good. */
const kept = 220;
const gone = 60;

/** Many items are changed, hidden, brought back, and some deleted for good; a job that was killed ends as one that was not. */
export const bulk: Scenario = {
  name: 'bulk',
  async write(folder) {
    const movies = join(folder, 'library/movies');
    await writeFiles(movies, [...names(kept, 'kept'), ...names(gone, 'gone')]);
  },
  prepare: (service, folder) => runJob(service, folder, 'scanMedia', {}),
  async act(service, folder) {
    checkEndedJobs(folder);
    const tag = 'selection: { filter: {} }, changes: { addTags: ["Sea"], rating: 4 }';
    await runBulk(service, folder, `updateMediaMany(${tag})`);
    await runBulk(service, folder, 'hideMediaMany(selection: { filter: { search: "kept" } })');
    expectCount(folder, "status = 'DELETED'", kept, 'are hidden');
    // A job that was killed is undone as one: nothing stays hidden, whichever process hid it.
    for (const { id } of jobsOf(folder, 'HIDE')) {
      const publicId = encodePublicId('BulkJob', String(id));
      const { node } = await service.request<{ node: { canUndo: boolean } }>(
        `{ node(id: "${publicId}") { ... on BulkJob { canUndo } } }`,
      );
      if (node.canUndo) await runBulk(service, folder, `undoBulkJob(id: "${publicId}")`);
    }
    expectCount(folder, "status = 'DELETED'", 0, 'are hidden after the undo');
    const old = 'selection: { filter: { search: "gone" } }';
    const { selectedMediaCount } = await service.request<{ selectedMediaCount: number }>(
      `{ selectedMediaCount(${old}) }`,
    );
    await runBulk(service, folder, `deleteMediaMany(${old}, expectedCount: ${selectedMediaCount})`);
    expectCount(folder, '1 = 1', kept, 'are left');
    expectCount(folder, "rating = 4 AND tag_text = 'sea'", kept, 'are changed');
    checkEndedJobs(folder);
  },
};

/** Whatever was killed was resumed and has done its whole: no item failed, and none is counted twice. */
function checkEndedJobs(folder: string): void {
  for (const { status, result, input } of readRows(folder, "SELECT * FROM jobs WHERE kind = 'BULK'")) {
    const { changed, unchanged, failed } = JSON.parse(String(result)) as Record<string, number>;
    const done = (changed ?? 0) + (unchanged ?? 0);
    if (status !== 'SUCCEEDED' || failed !== 0 || done > kept + gone) {
      throw new Error(
        `a job over many items is ${String(status)} with ${String(result)}: ${String(input).slice(0, 200)}`,
      );
    }
  }
  const [last] = jobsOf(folder, 'HIDE').slice(-1);
  const undone = jobsOf(folder, 'RESTORE').at(-1);
  if (last !== undefined && (undone === undefined || String(undone.created_at) < String(last.created_at))) {
    expectCount(folder, "status = 'DELETED'", kept, 'are hidden by the job that was resumed');
  }
}

function jobsOf(folder: string, action: string): Row[] {
  const query = "SELECT * FROM jobs WHERE kind = 'BULK' AND input ->> '$.action.type' = ? ORDER BY created_at";
  return readRows(folder, query, action);
}

function expectCount(folder: string, condition: string, expected: number, what: string): void {
  const from = 'FROM media_items JOIN shelves ON shelves.id = shelf_id';
  const [row] = readRows(folder, `SELECT count(*) AS items ${from} WHERE ${condition}`);
  if (Number(row?.items) !== expected) throw new Error(`${String(row?.items)} items ${what}, and not ${expected}`);
}

/** Starts a job and waits for its end. */
async function runBulk(service: CrashService, folder: string, call: string): Promise<void> {
  const query = `mutation { started: ${call} { ... on BulkJob { id } ... on Error { code message } } }`;
  const { started } = await service.request<{ started: { id?: string; message?: string } }>(query);
  if (started.id === undefined) throw new Error(`${call} answers ${started.message}`);
  const id = Buffer.from(started.id, 'base64url').toString().replace(/^.*?:/, '');
  for (;;) {
    const [job] = readRows(folder, 'SELECT status, result FROM jobs WHERE id = ?', id);
    if (job?.status === 'SUCCEEDED') return;
    if (job === undefined || !/^(QUEUED|RUNNING)$/.test(String(job.status))) {
      throw new Error(`${call} ended as ${String(job?.status)}: ${String(job?.result)}`);
    }
    if (!service.isRunning()) throw new Error('the service was killed');
    await sleep(20);
  }
}

function names(count: number, prefix: string): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix} ${index}.mp4`);
}
