import { encodePublicId } from '../../base/public-id.ts';
import { MediaNotFoundError } from '../catalogue/media-errors.ts';
import type { ImageProxyProfile } from '../../base/config/image-proxy-profile.ts';
import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import type { Database } from '../../base/database/database.ts';
import type { CandidateProxy, ProxyCandidate } from './sql/proxy-candidates.ts';
import { readBytesPerPixel } from './sql/proxy-totals.ts';
import { resolveSelection } from '../catalogue/resolve-selection.ts';
import { readShelves } from '../catalogue/sql/shelves.ts';
import { DomainError } from '../../base/errors/domain-error.ts';
import type { JobContext, JobHandler } from '../jobs/job-handler.ts';
import { ObjectStorageError } from '../../base/object-storage/storage-errors.ts';
import { createByteEstimate } from './estimate-bytes.ts';
import { findFresh } from './find-fresh.ts';
import { findFailedIds, selectCandidates } from './proxy-candidates.ts';
import { createImageProxyBatch, type ImageProxyInput, itemName } from './image-proxy-batch.ts';
import { emptyReport, type ImageProxyReport } from './image-proxy-report.ts';
import { beginProxyPlan } from './proxy-plan.ts';
import type { ProxyFiles } from './proxy-files.ts';
import type { ProxyRenderer } from './proxy-renderer.ts';
import type { ProxyWriter } from './proxy-writer.ts';
import type { Remains } from './remains.ts';

declare module '../jobs/job-record.ts' {
  interface JobKinds {
    IMAGE_PROXY: { input: ImageProxyInput; result: ImageProxyReport };
  }
}

export interface ImageProxyHandlerOptions {
  database: Database;
  mediaConfig: Pick<MediaConfigStore, 'current'>;
  findProfile: (name: string) => ImageProxyProfile;
  files: ProxyFiles;
  renderer: ProxyRenderer;
  writer: ProxyWriter;
  remains: Remains;
}

/** Item errors about what is left of images that are gone have this name. */
const remainsItem = 'remains';

/** Runs batches. A batch that runs again after a kill finds its own proxies and counts them as made. */
export function createImageProxyHandler(options: ImageProxyHandlerOptions): JobHandler<'IMAGE_PROXY'> {
  return {
    kind: 'IMAGE_PROXY',
    // A dry run writes nothing, so it excludes nothing.
    locks: ({ dryRun, profile }) => (dryRun ? [] : [`image-proxies:${profile}`]),
    retryInput: (input, failedItems) => ({ ...input, mediaNumbers: null, paths: failedItems, othersChosen: 0 }),
    run: (context) => runBatch(options, context),
  };
}

async function runBatch(
  { database, mediaConfig, findProfile, files, renderer, writer, remains }: ImageProxyHandlerOptions,
  context: JobContext<'IMAGE_PROXY'>,
): Promise<ImageProxyReport> {
  const { input, signal, progress, jobId } = context;
  const profile = findProfile(input.profile);
  const report = emptyReport();
  const rootCategories = mediaConfig.current().categories.map(({ key }) => key);
  const ids = await findChosen(database, rootCategories, input);
  // The number of images that it takes to reach a limit is not known before.
  if (input.limit === null) {
    progress.start({ total: ids === null ? await countImages(database, rootCategories) : ids.length });
  }
  report.proxiesSkipped = input.othersChosen;
  if (ids === null || input.paths?.includes(remainsItem)) report.remainsRemoved = await clearRemains();

  const estimateBytes = createByteEstimate(await readBytesPerPixel(database, profile.name));
  const plan = input.dryRun ? await beginProxyPlan(database, jobId) : null;
  const batch = createImageProxyBatch({ context, profile, report, renderer, writer, plan, estimateBytes });

  /** Failures are reported: an object storage that is down, or a disk that refuses, is no reason to make no proxies. */
  async function clearRemains(): Promise<number> {
    try {
      const { removed, left } = await remains.clear({ dryRun: input.dryRun, signal });
      if (left > 0) reportRemains(ObjectStorageError.leftBehind(left));
      return removed;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      reportRemains(error);
      return 0;
    }
  }

  function reportRemains({ code, message }: DomainError): void {
    context.reportItemError({ item: remainsItem, code, message });
  }

  /** Counts or renders one item; false when the limit is reached. */
  async function take(item: ProxyCandidate, existing: CandidateProxy | null): Promise<boolean> {
    const isOwn = existing !== null && existing.jobId === jobId;
    if (isImage(item) && (existing === null || (input.force && !isOwn))) return batch.add(item);
    if (isImage(item) && existing !== null) countExisting(report, existing, isOwn);
    else report.proxiesSkipped += 1;
    if (isOwn) batch.countEarlier();
    progress.advance({ done: 1, currentItem: itemName(item) });
    return true;
  }

  /** Returns how many were taken. */
  async function takeAll(): Promise<number> {
    let taken = 0;
    const found = new Set<number>();
    for await (const page of selectCandidates(database, { profile: profile.name, rootCategories, ids })) {
      // Each takes a stat; the disk answers many at once.
      const existing = await Promise.all(page.map((item) => findFresh(item, profile, files)));
      for (const [index, item] of page.entries()) {
        if (signal.aborted || !(await take(item, existing[index] ?? null))) return taken;
        taken += 1;
        if (ids !== null) found.add(item.id);
      }
    }
    const unknown = (ids ?? []).filter((id) => !found.has(id));
    for (const id of unknown) takeUnknown(id);
    return taken + unknown.length;
  }

  function isImage(item: ProxyCandidate): boolean {
    return item.mediaType === 'IMAGE' && !remains.isProxyFile(item);
  }

  /** What somebody named is not there; what a filter meant is gone since, or lies in no configured category. */
  function takeUnknown(id: number): void {
    if (isMeantByFilter(input)) report.proxiesSkipped += 1;
    else reportUnknown(id);
    progress.advance({ done: 1 });
  }

  function reportUnknown(id: number): void {
    const publicId = encodePublicId('MediaItem', id);
    const { code, message } = new MediaNotFoundError(publicId);
    report.errors += 1;
    context.reportItemError({ item: publicId, code, message });
  }

  try {
    const total = await takeAll();
    if (input.limit !== null && !signal.aborted) progress.start({ total });
  } finally {
    await batch.finish();
    await plan?.finish();
  }
  return report;
}

/** Returns the ids of the items that the job is for; null for every available image. */
async function findChosen(
  database: Database,
  rootCategories: readonly string[],
  { paths, selection, mediaNumbers }: ImageProxyInput,
): Promise<readonly number[] | null> {
  if (paths !== null) return findFailedIds(database, paths);
  if (selection === undefined) return mediaNumbers;
  return 'ids' in selection ? selection.ids : resolveSelection(database, rootCategories, selection);
}

function isMeantByFilter({ paths, selection }: ImageProxyInput): boolean {
  return paths === null && selection !== undefined && !('ids' in selection);
}

function countExisting(
  report: ImageProxyReport,
  { wasResized, sizeBytes, originalSizeBytes }: CandidateProxy,
  isOwn: boolean,
): void {
  report.totalImages += 1;
  if (wasResized) report.needsResize += 1;
  else report.noResizeNeeded += 1;
  if (isOwn) {
    report.proxiesCreated += 1;
    report.totalOriginalBytes += originalSizeBytes;
    report.totalProxyBytes += sizeBytes;
  } else {
    report.proxiesSkipped += 1;
  }
}

async function countImages(database: Database, rootCategories: readonly string[]): Promise<number> {
  const shelves = await readShelves(database);
  return shelves
    .filter(({ category, mediaType, status }) => {
      return rootCategories.includes(category) && mediaType === 'IMAGE' && status === 'AVAILABLE';
    })
    .reduce((sum, { itemCount }) => sum + itemCount, 0);
}
