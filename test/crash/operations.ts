import { setTimeout as sleep } from 'node:timers/promises';
import { readRows } from './catalogue-state.ts';
import type { CrashService } from './crash-service.ts';

interface Answer {
  __typename: string;
  id?: string;
  code?: string;
  message?: string;
}

/** Calls a mutation that takes an `input`, and gives the member of its union. */
export async function mutate(service: CrashService, field: string, input: object): Promise<Answer> {
  const types: Record<string, string> = { scanMedia: 'ScanMediaInput', deleteMedia: 'DeleteMediaInput' };
  const type = types[field] ?? `${field[0]?.toUpperCase() ?? ''}${field.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) {
    __typename ... on Error { code message } ${jobFields[field] ?? ''} } }`;
  return (await service.request<Record<string, Answer>>(query, { input }))[field] as Answer;
}

const jobFields: Record<string, string> = {
  scanMedia: '... on ScanJob { id }',
  createImageProxies: '... on ImageProxyJob { id }',
  migrateLegacyDatabase: '... on LegacyMigrationJob { id }',
  hashPendingModels: '... on HashJob { id }',
};

const busyCodes = new Set(['SCAN_ALREADY_RUNNING', 'JOB_LOCKED']);

/**
 * Starts a job by its mutation, and waits until it has ended. One that an earlier process left and that runs now is
 * waited for first. Throws where it ends in anything but success.
 */
export async function runJob(service: CrashService, folder: string, field: string, input: object): Promise<void> {
  let started = await mutate(service, field, input);
  while (busyCodes.has(started.code ?? '')) {
    await sleep(50);
    started = await mutate(service, field, input);
  }
  if (started.id === undefined) throw new Error(`${field} answers ${started.code}: ${started.message}`);
  const id = Buffer.from(started.id, 'base64url').toString().replace(/^.*?:/, '');
  for (;;) {
    const [job] = readRows(folder, 'SELECT status, failure FROM jobs WHERE id = ?', id);
    if (job === undefined) throw new Error(`the job ${id} was acknowledged and is not there`);
    if (String(job.status).startsWith('SUCCEEDED')) return;
    if (/^(FAILED|CANCELLED)/.test(String(job.status))) throw new Error(`${field} failed: ${String(job.failure)}`);
    if (!service.isRunning()) throw new Error('the service was killed');
    await sleep(20);
  }
}
