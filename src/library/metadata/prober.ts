import { setMaxListeners } from 'node:events';
import { basename } from 'node:path';
import { escapeName } from '../../base/files/escape-name.ts';
import { inBatches } from '../../base/async/in-batches.ts';
import type { Logger } from 'pino';
import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import type { Database } from '../../base/database/database.ts';
import { storeTagTitles, type TaggedItem } from './sql/tag-titles.ts';
import { readUnprobed, storeProbes, type ProbedItem, type UnprobedItem } from './sql/probes.ts';
import { LostTaskError } from '../../base/errors/domain-error.ts';
import type { Roots } from '../roots/roots.ts';
import { createBackgroundLoop, type BackgroundLoop } from '../../base/async/background-loop.ts';
import { settleFacts } from './facts/settle-facts.ts';
import { mediaFileGoneCode } from './probe-errors.ts';
import type { ProbeInput, ProbeResult } from './probe-files.task.ts';

interface ProbePool {
  readonly threads: number;
  run(name: 'probeFiles', input: ProbeInput, options: { signal: AbortSignal }): Promise<ProbeResult[]>;
}

interface ProberOptions {
  database: Database;
  mediaConfig: Pick<MediaConfigStore, 'findCategory'>;
  roots: Pick<Roots, 'recogniseOften'>;
  pool: ProbePool;
  log: Pick<Logger, 'error' | 'debug'>;
  /** Whether the fingerprint of each file is read too. */
  fingerprints: boolean;
  /** A picture with more pixels gets a note that it is not decoded. */
  maxPixels: number;
  /** Whether the places are kept where pictures and films were taken. */
  places?: boolean;
  /** Called with the items whose headers were read. */
  onRead?: (items: readonly UnprobedItem[]) => Promise<void>;
  /** Called then with those whose headers could be read: their dates, sizes and durations are known now. */
  onKnown?: (items: readonly UnprobedItem[]) => void;
}

const filesPerTask = 50;

/**
 * Reads the headers of catalogued files in the background: sizes of pictures, durations and codecs. The catalogue knows
 * which files have not been read, so a restart loses nothing.
 */
export function createProber(options: ProberOptions): BackgroundLoop {
  const { database, mediaConfig, roots, pool, log, fingerprints, maxPixels, places = true, onRead, onKnown } = options;
  // One thread stays free, so that a scan can begin to walk.
  const tasks = Math.max(1, pool.threads - 1);
  const closing = new AbortController();
  // Each batch adds a listener.
  setMaxListeners(0, closing.signal);
  let after = 0;
  const loop = createBackgroundLoop({
    name: 'reading headers',
    log,
    begin() {
      after = 0;
    },
    async step() {
      const items = await readUnprobed(database, after, filesPerTask * tasks);
      after = items.at(-1)?.id ?? after;
      await Promise.all(Array.from(inBatches(items, filesPerTask), probe));
      return items.length;
    },
  });
  return {
    ...loop,
    close() {
      // What is being read now is read after the next start.
      closing.abort();
      return loop.close();
    },
  };

  async function probe(items: readonly UnprobedItem[]): Promise<void> {
    const online = await findOnline(new Set(items.map(({ rootCategory }) => rootCategory)));
    const files = items.flatMap(({ id, rootCategory, relativePath, mediaType }) => {
      const rootPath = online.get(rootCategory);
      return rootPath === undefined ? [] : [{ id, rootPath, path: relativePath, mediaType: mediaType as 'IMAGE' }];
    });
    const signatures = new Map(items.map((item) => [item.id, item.signature]));
    // An item whose file is gone keeps waiting: its disk may have gone meanwhile, or a scan finds out what became of
    // it.
    const results = (await runTask(files)).filter((result) => result.ok || result.code !== mediaFileGoneCode);
    const probed = results.map((result) => toProbedItem(result, signatures.get(result.id) ?? ''));
    await storeProbes(database, probed, new Date());
    await storeTagTitles(database, newTitles(results, items), new Date());
    const read = new Set(results.map(({ id }) => id));
    await onRead?.(items.filter(({ id }) => read.has(id)));
    const known = new Set(results.filter(({ ok }) => ok).map(({ id }) => id));
    onKnown?.(items.filter(({ id }) => known.has(id)));
  }

  /**
   * Returns the roots of categories whose files can be read now, by key. The files of a category that is no longer
   * configured must not be read; those of one that is offline wait until it is back.
   */
  async function findOnline(keys: ReadonlySet<string>): Promise<Map<string, string>> {
    const online = new Map<string, string>();
    for (const key of keys) {
      const category = mediaConfig.findCategory(key);
      if (category === undefined) continue;
      const { state } = await roots.recogniseOften(category);
      if (state === 'ONLINE') online.set(key, category.rootPath);
    }
    return online;
  }

  /** Halves the files where a task fails: one that takes its worker down must not keep the others from being read. */
  async function runTask(files: ProbeInput['files']): Promise<ProbeResult[]> {
    try {
      return await pool.run('probeFiles', { files, fingerprints, maxPixels, facts: { places } }, closing);
    } catch (error) {
      if (closing.signal.aborted) return [];
      const [file] = files;
      if (file === undefined) return [];
      if (files.length > 1) {
        const halves = inBatches(files, Math.ceil(files.length / 2));
        return (await Promise.all(Array.from(halves, runTask))).flat();
      }
      log.error({ err: error, path: escapeName(file.path) }, 'Reading the headers of a file failed');
      const note =
        `Reading the headers of the file failed. ${error instanceof LostTaskError ? error.message : ''}`.trim();
      const settled = settleFacts(null, { filename: basename(file.path), places });
      return [{ id: file.id, ok: false, code: 'PROBE_FAILED', note, settled }];
    }
  }
}

/** The titles in tags of music that differ from those that were read before. What could not be read keeps its own. */
function newTitles(results: readonly ProbeResult[], items: readonly UnprobedItem[]): TaggedItem[] {
  const known = new Map(items.map((item) => [item.id, item]));
  return results.flatMap(({ id, ok, settled }) => {
    const item = known.get(id);
    if (item === undefined || (!ok && settled?.facts?.music === undefined)) return [];
    // Titles inside films are mostly those of whoever made the file.
    const tagTitle = (item.mediaType === 'AUDIO' && settled?.facts?.music?.title) || null;
    return tagTitle === item.tagTitle ? [] : [{ id, signature: item.signature, tagTitle }];
  });
}

function toProbedItem(result: ProbeResult, signature: string): ProbedItem {
  const { id, fingerprint = null, settled } = result;
  const read = { id, signature, fingerprint, capture: settled?.capture ?? null, facts: settled?.facts ?? null };
  if (!result.ok) {
    const technicalMetadata = { notes: [result.note], code: result.code };
    return { ...read, width: null, height: null, durationSeconds: null, technicalMetadata };
  }
  const { width, height, durationSeconds, technical } = result;
  return { ...read, width, height, durationSeconds, technicalMetadata: technical };
}
