import { decodePublicId, mediaNumberOf } from '../../base/public-id.ts';
import type { KeysetPage, PageRequest } from '../../base/paging.ts';
import { listProxyPlan, type ProxyPlanEntry } from './proxy-plan.ts';
import { readProxyTotals } from './sql/proxy-totals.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { freezeSelection, type FrozenSelection, type MediaSelection } from '../catalogue/media-selection.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { createImageProxyHandler, type ImageProxyHandlerOptions } from './image-proxy-job.ts';
import type { ImageProxyInput } from './image-proxy-batch.ts';
import { emptyReport, type ImageProxyReport } from './image-proxy-report.ts';

interface BatchRequest {
  profile: string;
  /** Public IDs; where left out, every available image. */
  mediaIds?: readonly string[] | null | undefined;
  /** In place of the IDs. */
  selection?: MediaSelection | null | undefined;
  /** Whether images that have a proxy get a new one. */
  force: boolean;
  /** Whether only a report is made and nothing is written. */
  dryRun: boolean;
  /** The batch ends after this many images that need a proxy. */
  limit?: number | null | undefined;
  requestedBy?: string | undefined;
}

/** Image proxies of many images. */
export interface ImageProxyBatches {
  /**
   * Starts a batch as a job. Throws InvalidInputError for a limit under 1, for what is no ID of an item and for a selection that
   * makes no sense, UnknownCategoryError, UnknownProfileError, and JobLockedError while another batch is at work.
   */
  start(request: BatchRequest): Promise<JobRecord<'IMAGE_PROXY'>>;
  /** Lists the images that a dry run would make proxies of. Throws InvalidInputError for a cursor that is none. */
  plan(jobId: string, page: PageRequest): Promise<KeysetPage<ProxyPlanEntry>>;
  /** A report on the library as it is now. Throws UnknownProfileError. */
  summary(profile: string): Promise<ImageProxyReport>;
}

interface ImageProxyBatchesOptions extends ImageProxyHandlerOptions {
  jobs: Pick<Jobs, 'register' | 'start'>;
}

export function createImageProxyBatches(options: ImageProxyBatchesOptions): ImageProxyBatches {
  const { jobs, database, mediaConfig, findProfile } = options;
  jobs.register(createImageProxyHandler(options));

  function freeze(selection: MediaSelection): Promise<FrozenSelection> {
    const configured = mediaConfig.current().categories.map(({ key }) => key);
    return freezeSelection(database, configured, selection).catch(inInput);
  }

  return {
    async start({ profile, mediaIds, selection, force, dryRun, limit, requestedBy }) {
      if (typeof limit === 'number' && limit < 1) {
        throw new InvalidInputError('input.limit', `The limit is ${limit}; it is at least 1, or left out.`);
      }
      if (mediaIds && selection) {
        throw new InvalidInputError('input.selection', 'Give `mediaIds` or a `selection`, not both.');
      }
      const input: ImageProxyInput = {
        profile: findProfile(profile).name,
        ...readIds(mediaIds ?? null),
        ...(selection && { selection: await freeze(selection) }),
        paths: null,
        force,
        dryRun,
        limit: limit ?? null,
      };
      return jobs.start('IMAGE_PROXY', input, { requestedBy });
    },
    plan: (jobId, page) => listProxyPlan(database, jobId, page),
    async summary(profile) {
      const rootCategories = mediaConfig.current().categories.map(({ key }) => key);
      const totals = await readProxyTotals(database, findProfile(profile), rootCategories);
      return {
        ...emptyReport(),
        totalImages: totals.totalImages,
        needsResize: totals.needsResize,
        noResizeNeeded: totals.noResizeNeeded,
        proxiesCreated: totals.withProxy,
        proxiesSkipped: totals.withoutNeed,
        errors: totals.unreadable,
        totalOriginalBytes: totals.originalBytes,
        totalProxyBytes: totals.proxyBytes,
      };
    },
  };
}

/** The selection stands within the input. */
function inInput(error: unknown): never {
  throw error instanceof InvalidInputError ? new InvalidInputError(`input.${error.field}`, error.message) : error;
}

function readIds(mediaIds: readonly string[] | null): Pick<ImageProxyInput, 'mediaNumbers' | 'othersChosen'> {
  if (mediaIds === null) return { mediaNumbers: null, othersChosen: 0 };
  const numbers = new Set<number>();
  let othersChosen = 0;
  for (const mediaId of mediaIds) {
    const number = mediaNumberOf(mediaId);
    if (number !== null) numbers.add(number);
    else if (isProxyId(mediaId)) othersChosen += 1;
    else throw new InvalidInputError('input.mediaIds', `"${mediaId.slice(0, 80)}" is not the ID of a media item.`);
  }
  return { mediaNumbers: [...numbers], othersChosen };
}

/** Whether it is the ID of a proxy, which has no proxy itself and is skipped. */
function isProxyId(publicId: string): boolean {
  try {
    return decodePublicId(publicId).typename === 'ImageProxy';
  } catch {
    return false; // no ID at all, which the caller reports
  }
}
