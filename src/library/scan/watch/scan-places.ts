import type { Logger } from 'pino';
import { UnknownCategoryError } from '../../catalogue/media-errors.ts';
import { JobsClosedError } from '../../jobs/job-errors.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import { ScanAlreadyRunningError } from '../scan-errors.ts';
import type { Scanner } from '../scan.ts';

export interface PlaceScanner {
  scanner: Pick<Scanner, 'start'>;
  jobs: Pick<Jobs, 'waitFor'>;
  log: Pick<Logger, 'warn'>;
  quietMs: number;
}

interface Place {
  category: string;
  place: string;
  /** Time for which the place is left alone, besides its rest. */
  pauseMs: number;
}

/** A scan that failed, as on a full disk, would fail again at once. */
const pauseAfterFailureMs = 60_000;

/** Scans the paths and waits for the end; returns those that have to be scanned again when they have rested. */
export async function scanPlaces(options: PlaceScanner, paths: readonly string[]): Promise<Place[]> {
  const places = paths.map(toPlace);
  const end = await scanToEnd(options, { paths });
  if (end.kind === 'NOT_STARTED') return places.filter(({ category }) => !end.unknown.includes(category));
  if (end.status === 'FAILED') return places.map((place) => ({ ...place, pauseMs: pauseAfterFailureMs }));
  return places.filter(({ category }) => end.stillChanging.has(category));
}

/** Scans all of the categories and waits for the end; what is still changing is left to the next poll. */
export async function scanRoots(options: PlaceScanner, categories: readonly string[]): Promise<Place[]> {
  const end = await scanToEnd(options, { categories });
  if (end.kind === 'ENDED') return [];
  return categories.filter((key) => !end.unknown.includes(key)).map(toPlace);
}

type ScanEnd =
  | { kind: 'ENDED'; status: string; stillChanging: Set<string> }
  /** `unknown`: categories that left the configuration. */
  | { kind: 'NOT_STARTED'; unknown: readonly string[] };

async function scanToEnd(
  { scanner, jobs, log, quietMs }: PlaceScanner,
  wanted: { paths: readonly string[] } | { categories: readonly string[] },
): Promise<ScanEnd> {
  try {
    const started = await scanner.start({ ...wanted, restMs: quietMs, requestedBy: 'watch' });
    const { id, status, result, failure } = await jobs.waitFor(started);
    if (status === 'HELD' || status === 'FAILED') {
      log.warn({ jobId: id, status, failure }, 'a scan of watched places changed nothing');
    }
    const summaries = result?.categories ?? [];
    const changing = summaries.filter((one) => one.stillChanging > 0).map((one) => one.category);
    return { kind: 'ENDED', status, stillChanging: new Set(changing) };
  } catch (error) {
    if (error instanceof JobsClosedError) return { kind: 'ENDED', status: 'CANCELLED', stillChanging: new Set() };
    if (error instanceof ScanAlreadyRunningError) return { kind: 'NOT_STARTED', unknown: [] };
    // The other categories are scanned without them.
    if (error instanceof UnknownCategoryError) return { kind: 'NOT_STARTED', unknown: error.keys };
    // The cause may be a database that is away: the places are scanned again later, as no event reports them twice.
    log.warn({ err: error }, 'a scan of watched places could not be started or followed');
    return { kind: 'ENDED', status: 'FAILED', stillChanging: new Set() };
  }
}

function toPlace(path: string): Place {
  const [category = '', ...parts] = path.split('/');
  return { category, place: parts.join('/'), pauseMs: 0 };
}
