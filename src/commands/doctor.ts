import { access, constants, mkdir } from 'node:fs/promises';
import type { Command } from 'commander';
import { pino } from 'pino';
import { checkRoots } from '../base/config/check-roots.ts';
import { loadMediaConfig } from '../base/config/load-media-config.ts';
import type { CategoryConfig, MediaConfig } from '../base/config/media-config.ts';
import { leaveOutOwnPlaces } from '../library/roots/own-places.ts';
import type { Settings } from '../base/config/settings.ts';
import { describeFilmDecoder } from '../base/films/describe-film-decoder.ts';
import { createCopyparty } from '../library/copyparty/copyparty.ts';
import { probeCopyparty } from '../library/copyparty/probe-copyparty.ts';
import { openDatabase } from '../base/database/open-database.ts';
import { DomainError } from '../base/errors/domain-error.ts';
import { readShelves } from '../library/catalogue/sql/shelves.ts';
import { examineImageProxies } from './examine-image-proxies.ts';
import { examineNodes } from './examine-nodes.ts';
import { findRisks } from './find-risks.ts';
import { findWatchRisk } from './find-watch-risk.ts';
import { attempt, type Finding } from './finding.ts';
import { printable } from './printable.ts';
import { readSettings } from './read-settings.ts';

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('check settings, configuration, folders, database, copyparty and object storage, and say what to do')
    .option('--fix', 'remove what is left of images that are gone: proxies, files, uploaded objects', false)
    .option('--json', 'print the findings as JSON', false)
    .action(async ({ json, fix }: { json: boolean; fix: boolean }) => {
      const findings = await examine(fix);
      if (json) process.stdout.write(`${JSON.stringify(findings)}\n`);
      else process.stdout.write(findings.map(({ state, text }) => `${state.padEnd(8)} ${printable(text)}\n`).join(''));
      if (findings.some(({ state }) => state === 'fault')) process.exitCode = 1;
    });
}

/** Goes on after a fault, so that one run reports all of them. */
async function examine(fix: boolean): Promise<Finding[]> {
  const settings = await attempt('the settings are valid', async () => readSettings());
  if (settings.value === undefined) return settings.findings;
  const { dataDir, logDir, mediaConfigPath } = settings.value;
  const config = await attempt(`the media configuration ${mediaConfigPath} is valid`, async () =>
    leaveOutOwnPlaces(await loadMediaConfig(mediaConfigPath), settings.value as Settings),
  );
  const categories = config.value?.categories ?? [];
  return [
    ...settings.findings,
    ...config.findings,
    ...(config.value === undefined ? [] : await examineCategories(config.value)),
    ...(await examineFolder('DATA_DIR', dataDir)),
    ...(await examineFolder('LOG_DIR', logDir)),
    ...(await examineDatabase(settings.value)),
    ...(await examineNodes(settings.value)),
    ...(await examineRisks(settings.value, { categories })),
    ...(await examineCopyparty(settings.value, categories)),
    ...(await examineImageProxies(settings.value, categories, fix)),
    await examineFilmDecoder(settings.value),
  ];
}

async function examineCategories(config: MediaConfig): Promise<Finding[]> {
  const warnings = config.warnings.map((text): Finding => ({ state: 'warning', text }));
  const roots = (await checkRoots(config)).map(({ category, rootPath, exists, readable, writable }): Finding => {
    if (!exists) {
      const state = config.allowMissing ? 'warning' : 'fault';
      return {
        state,
        text: `the root of ${category}, ${rootPath}, does not exist: mount its disk or correct root_path`,
      };
    }
    if (!readable) return { state: 'fault', text: `the root of ${category}, ${rootPath}, cannot be read: permit it` };
    if (!writable) return { state: 'ok', text: `the root of ${category}, ${rootPath}, can be read, not written` };
    return { state: 'ok', text: `the root of ${category}, ${rootPath}, can be read and written` };
  });
  return [...warnings, ...roots];
}

async function examineFolder(variable: string, path: string): Promise<Finding[]> {
  const { findings } = await attempt(`${variable}, ${path}, can be written`, async () => {
    await mkdir(path, { recursive: true });
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  });
  return findings;
}

async function examineDatabase({ databaseUrl, databaseConnections }: Settings): Promise<Finding[]> {
  const { findings } = await attempt('the database answers and has all migrations', async () => {
    const database = await openDatabase(databaseUrl, databaseConnections);
    try {
      await readShelves(database);
    } finally {
      await database.close();
    }
  });
  return findings;
}

async function examineRisks(settings: Settings, config: Pick<MediaConfig, 'categories'>): Promise<Finding[]> {
  // That it does not open is a finding of its own.
  const database = await openDatabase(settings.databaseUrl, settings.databaseConnections).catch(() => null);
  try {
    const risks = await findRisks({ settings, config, database });
    risks.push(...(await findWatchRisk({ settings, categories: config.categories })));
    return risks.map((text) => ({ state: 'warning', text }));
  } finally {
    await database?.close();
  }
}

async function examineCopyparty(settings: Settings, categories: CategoryConfig[]): Promise<Finding[]> {
  const { copypartyUrl: url, copypartyPassword: password, copypartyTimeouts: timeouts } = settings;
  if (url === undefined) return [{ state: 'ok', text: 'no COPYPARTY_URL is set: bytes come from the disk' }];
  const copyparty = createCopyparty({ url, password, timeouts, log: pino({ level: 'silent' }) });
  try {
    const { signal } = new AbortController();
    const probe = { copyparty, categories, hasPassword: password !== undefined, signal };
    return (await probeCopyparty(probe)).findings;
  } finally {
    await copyparty.close();
  }
}

/** Without a decoder films are shown by the pictures that people put beside or into them, as a choice of theirs may be. */
async function examineFilmDecoder({ ffmpegPath }: Settings): Promise<Finding> {
  try {
    return { state: 'ok', text: `frames of films are decoded by ${await describeFilmDecoder(ffmpegPath ?? null)}` };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const state = ffmpegPath === undefined ? 'warning' : 'fault';
    return { state, text: `films without artwork have a placeholder and no storyboard: ${error.message}` };
  }
}
