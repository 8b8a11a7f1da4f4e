import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { settle } from './catalogue-state.ts';
import { startCrashService, type CrashService } from './crash-service.ts';
import { readEndState } from './end-state.ts';
import { findBreaches } from './invariants.ts';
import { runJob } from './operations.ts';
import { newClient, type Client, type Scenario } from './scenario.ts';

/**
 * A scenario that was prepared once and run without a kill: rounds begin at a copy of it, and are compared with its
 * end.
 */
export interface PreparedScenario {
  scenario: Scenario;
  template: string;
  /** Every operation that the unbroken run did, in order. */
  trace: string[];
  endState: string[];
  /** How long it took, from the start of the process. */
  durationMs: number;
}

/** When a process is killed: at an operation (`label#number:mode`), or so many milliseconds after it was started. */
export type Kill = { at: string } | { afterMs: number };

export interface RoundResult {
  /** Processes that died where they were told to. */
  kills: number;
  breaches: string[];
  /** What the services printed, for whoever looks into a breach. */
  output: string;
}

const config = `version: 2
categories:
  - {key: movies, label: Movies, default: true, root_path: library/movies, media_type: video}
  - {key: photos, label: Photos, root_path: library/photos, media_type: image}
`;

export async function prepareScenario(scenario: Scenario, parent: string): Promise<PreparedScenario> {
  const { environment } = scenario;
  const template = join(parent, `${scenario.name}-template`);
  for (const name of ['config', 'library/movies', 'library/photos']) {
    await mkdir(join(template, name), { recursive: true });
  }
  await writeFile(join(template, 'config/watch_media_dirs.yml'), config);
  await scenario.write(template);
  if (scenario.prepare !== undefined) {
    const service = startCrashService(template, { environment });
    await scenario.prepare(service, template);
    await settle(template);
    await service.kill();
  }
  await scenario.change?.(template);

  const folder = join(parent, `${scenario.name}-unbroken`);
  const trace = join(parent, `${scenario.name}-trace`);
  await copyFolder(template, folder);
  const startedAt = performance.now();
  const service = startCrashService(folder, { environment, trace });
  try {
    const client = newClient();
    await scenario.act(service, folder, client);
    await settle(folder);
    const durationMs = performance.now() - startedAt;
    const labels = (await readFile(trace, 'utf8')).split('\n').slice(0, -1);
    const { breaches, endState } = await finish(scenario, service, folder, client);
    if (breaches.length > 0) throw new Error(`${scenario.name}, without a kill: ${breaches.join('\n')}`);
    return { scenario, template, trace: labels, endState, durationMs };
  } finally {
    await service.kill();
    await rm(folder, { recursive: true });
  }
}

/**
 * Runs the scenario and kills the service, starts it again, kills it again if there is a second kill, and so on; then looks
 * for what is wrong, does the scenario once more, and compares its end with the unbroken one.
 */
export async function runRound(
  prepared: PreparedScenario,
  kills: readonly Kill[],
  folder: string,
): Promise<RoundResult> {
  const { scenario, template, endState } = prepared;
  const { environment } = scenario;
  await copyFolder(template, folder);
  const client = newClient();
  const result: RoundResult = { kills: 0, breaches: [], output: '' };
  const services: CrashService[] = [];
  try {
    for (const [index, kill] of kills.entries()) {
      const service = startCrashService(folder, { environment, killAt: 'at' in kill ? kill.at : undefined });
      services.push(service);
      if (await isKilled(service, kill, () => runUntilKilled(scenario, service, folder, client, index)))
        result.kills += 1;
    }
    const service = startCrashService(folder, { environment });
    services.push(service);
    await service.url;
    await settle(folder);
    result.breaches.push(...(await findBreaches(folder, client.acknowledged)));
    const end = await finish(scenario, service, folder, client);
    result.breaches.push(...end.breaches, ...compare(end.endState, endState));
  } catch (error) {
    result.breaches.push(error instanceof Error ? error.message : String(error));
  }
  for (const service of services) {
    await service.kill();
    result.output += service.output();
  }
  return result;
}

/** The first process does the scenario, the next ones what is left of it after their start. */
async function runUntilKilled(
  scenario: Scenario,
  service: CrashService,
  folder: string,
  client: Client,
  index: number,
): Promise<void> {
  if (index === 0) await scenario.act(service, folder, client);
  else await service.url;
  await settle(folder);
}

/** A point that is not reached, for two runs are never the same, ends with a kill at rest. */
async function isKilled(service: CrashService, kill: Kill, run: () => Promise<void>): Promise<boolean> {
  const running = run().catch((error: unknown) => error);
  if ('afterMs' in kill) await Promise.race([sleep(kill.afterMs), service.ended]);
  else await Promise.race([running, service.ended]);
  const failure = 'at' in kill && service.isRunning() ? await running : undefined;
  // A process that dies breaks the request first, and is gone a moment later.
  if (failure !== undefined) await Promise.race([service.ended, sleep(1_000)]);
  const isReached = 'afterMs' in kill || !service.isRunning();
  if (failure !== undefined && !isReached) {
    await service.kill();
    throw failure;
  }
  await service.kill();
  await running;
  return isReached;
}

/** Does the scenario once more, brings the library to rest with a scan, and reads what there is. */
async function finish(scenario: Scenario, service: CrashService, folder: string, client: Client) {
  await scenario.act(service, folder, client);
  await settle(folder);
  await runJob(service, folder, 'scanMedia', {});
  await settle(folder);
  return { breaches: await findBreaches(folder, client.acknowledged), endState: await readEndState(folder) };
}

function compare(actual: readonly string[], expected: readonly string[]): string[] {
  const surplus = actual.filter((line) => !expected.includes(line)).map((line) => `only after the kill: ${line}`);
  const lacking = expected.filter((line) => !actual.includes(line)).map((line) => `only without a kill: ${line}`);
  const doubles = surplus.length + lacking.length === 0 && actual.length !== expected.length;
  return [...surplus, ...lacking, ...(doubles ? ['some line is there more often than without a kill'] : [])];
}

/** With the times of the files, by which a scan knows them. */
async function copyFolder(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  await promisify(execFile)('cp', ['-a', from, to]);
}
