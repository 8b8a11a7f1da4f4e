import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { count } from '../base/count.ts';
import { everywhere } from '../library/hashing/allowed-path.ts';
import { createLegacyReader } from '../library/legacy/legacy-source.ts';
import { makeLegacyCopy } from '../library/legacy/make-legacy-copy.ts';
import type { PathPage } from '../library/legacy/read-path-page.ts';
import type { PathMapping } from '../library/legacy/map-path.ts';
import { createShadowMappings, type ShadowMappings } from '../library/legacy/shadow-mappings.ts';
import { writeShadowFiles, type ShadowReport } from '../library/legacy/write-shadow-files.ts';
import { createWorkerPool } from '../library/workers/worker-pool.ts';
import { printableLine } from './printable.ts';
import { createStop } from './stop-signal.ts';

export function addShadowFilesCommand(program: Command): void {
  program
    .command('shadow-files')
    .description(
      'write a tree of small files with the names of all legacy models, to try a migration with MOCK_HASHER=1',
    )
    .requiredOption('--db <file>', 'the hikaze_mm.sqlite3, which is only read')
    .requiredOption('--out <folder>', 'where the tree is written; nothing in it is written over')
    .option('--json', 'print the report as JSON', false)
    .action(async ({ db, out, json }: { db: string; out: string; json: boolean }) => {
      const path = resolve(db);
      const report = await mirror(path, resolve(out));
      if (json) process.stdout.write(`${JSON.stringify(report)}\n`);
      else process.stdout.write(describeShadows(report, path));
      for (const { item, message } of json ? [] : report.refused)
        process.stderr.write(`${printableLine(`${item}: ${message}`)}\n`);
      if (report.refused.length > 0) process.exitCode = 1;
    });
}

interface MirrorReport extends ShadowReport {
  /** By what a migration finds these files in place of the real ones. */
  mappings: PathMapping[];
}

export function describeShadows({ written, alreadyPresent, mappings }: MirrorReport, path: string): string {
  const options = [`--db ${quote(path)}`, ...mappings.map(({ from, to }) => `--map ${quote(`${from}=${to}`)}`)];
  return (
    `${count(written, 'file')} written, ${alreadyPresent} there already\n` +
    `Try the migration with them:\n  mediashelf migrate-legacy ${options.join(' ')}\n`
  );
}

/** Quotes an argument for a shell of POSIX. */
function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

async function mirror(path: string, out: string): Promise<MirrorReport> {
  const pool = createWorkerPool();
  const folder = await mkdtemp(join(tmpdir(), 'mediashelf-shadow-'));
  const stop = new AbortController();
  createStop(async () => stop.abort());
  try {
    const copy = await makeLegacyCopy({ pool, path, roots: everywhere(path), folder });
    const read = createLegacyReader({ pool, path: copy.path, pathMappings: [], signal: stop.signal });
    const mappings = createShadowMappings(out);
    const report = await writeShadowFiles(pathsOf(read('paths'), mappings), out);
    return { ...report, mappings: mappings.list() };
  } finally {
    await pool.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function* pathsOf(
  pages: AsyncIterable<PathPage>,
  mappings: Pick<ShadowMappings, 'add'>,
): AsyncGenerator<PathPage['paths']> {
  for await (const { paths } of pages) {
    for (const { path } of paths) mappings.add(path);
    yield paths;
  }
}
