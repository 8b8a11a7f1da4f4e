import type { Logger } from 'pino';
import { UnknownCategoryError } from '../catalogue/media-errors.ts';
import { JobsClosedError } from '../jobs/job-errors.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { ScanAlreadyRunningError } from '../scan/scan-errors.ts';
import type { ScanSummary } from '../scan/scan-summary.ts';
import type { Scanner } from '../scan/scan.ts';

export interface PlaceScanner {
  scanner: Pick<Scanner, 'start'>;
  jobs: Pick<Jobs, 'waitFor'>;
  log: Pick<Logger, 'warn'>;
  quietMs: number;
}

interface Place {
  category: string;
  place: string;
}

/** Scans the paths and waits for the end; gives those that have to be scanned again, when they have rested. */
export async function scanPlaces(
  { scanner, jobs, log, quietMs }: PlaceScanner,
  paths: readonly string[],
): Promise<Place[]> {
  try {
    const { id } = await scanner.start({ paths, restMs: quietMs, requestedBy: 'watch' });
    const { status, result, failure } = await jobs.waitFor(id);
    if (status === 'HELD' || status === 'FAILED') {
      log.warn({ jobId: id, status, failure }, 'a scan of watched places changed nothing');
    }
    const summaries = (result as unknown as ScanSummary | null)?.categories ?? [];
    const unfinished = new Set(summaries.filter((one) => one.stillChanging > 0).map((one) => one.category));
    return paths.map(toPlace).filter(({ category }) => unfinished.has(category));
  } catch (error) {
    if (error instanceof JobsClosedError) return [];
    if (error instanceof ScanAlreadyRunningError) return paths.map(toPlace);
    // A category left the configuration: what happened in the others is looked at without it.
    if (error instanceof UnknownCategoryError) {
      const { keys } = error;
      return paths.map(toPlace).filter(({ category }) => !keys.includes(category));
    }
    throw error;
  }
}

function toPlace(path: string): Place {
  const [category = '', ...parts] = path.split('/');
  return { category, place: parts.join('/') };
}
