import { escapeName } from '../../base/files/escape-name.ts';
import type { FrozenSelection } from '../catalogue/media-selection.ts';
import PQueue from 'p-queue';
import type { ImageProxyProfile } from '../../base/config/image-proxy-profile.ts';
import type { ProxyCandidate } from './sql/proxy-candidates.ts';
import type { JobContext } from '../jobs/job-handler.ts';
import type { ProxyPlanWriter } from './proxy-plan.ts';
import type { ImageProxyReport } from './image-proxy-report.ts';
import type { ProxyRenderer, Rendering } from './proxy-renderer.ts';
import type { FailedRendering } from './render-proxy.task.ts';
import type { FinishedProxy, ProxyWriter } from './proxy-writer.ts';
import { toProxyError } from './proxy-errors.ts';

/** The input of a batch job. */
export interface ImageProxyInput {
  profile: string;
  /** Null, with no selection and no paths: every available image. */
  mediaNumbers: number[] | null;
  /** Means items in place of numbers; left out where there is none. */
  selection?: FrozenSelection | undefined;
  /** What failed in the job that is retried, as its item errors name it; null where this is no retry. */
  paths: string[] | null;
  /** Chosen things that are known not to be images of the catalogue, such as proxies: they are skipped. */
  othersChosen: number;
  force: boolean;
  dryRun: boolean;
  /** The batch ends after this many images that need a proxy. */
  limit: number | null;
}

export interface BatchOptions {
  context: JobContext<'IMAGE_PROXY'>;
  profile: ImageProxyProfile;
  report: ImageProxyReport;
  renderer: ProxyRenderer;
  writer: ProxyWriter;
  /** Notes the images that a dry run means; null where this is none. */
  plan: Pick<ProxyPlanWriter, 'add'> | null;
  estimateBytes: (planned: Extract<Rendering, { kind: 'PLANNED' }>) => number;
}

/** Renders images, several at a time, and stores their proxies a few dozen at a time. */
export interface ImageProxyBatch {
  /** Takes an image when there is room for it; false when the limit is reached, and it was not taken. */
  add(item: ProxyCandidate): Promise<boolean>;
  /** Counts a proxy that the job made before it was interrupted: the limit is that of all its runs. */
  countEarlier(): void;
  /** Waits for all that was taken. */
  finish(): Promise<void>;
}

// A commit for each would cost as much as rendering a small picture. What is lost by a kill is rendered again.
const writtenAtOnce = 32;

export function createImageProxyBatch(options: BatchOptions): ImageProxyBatch {
  const { context, profile, report, renderer, writer, plan, estimateBytes } = options;
  const { dryRun, limit } = context.input;
  // Twice as many as render at a time: while some wait to be stored, no thread waits for work.
  const queue = new PQueue({ concurrency: renderer.threads * 2 });
  let made = 0;
  let rendered: FinishedProxy[] = [];
  let failure: unknown;

  async function work(item: ProxyCandidate): Promise<void> {
    const small = item.proxy === null ? 'SKIP' : 'RENDER';
    const rendering = await renderer.render(item, profile, { small, dryRun });
    // What fails does not count: images that always fail would keep those behind them from ever being reached.
    if (rendering.kind === 'PLANNED' || rendering.kind === 'RENDERED') made += 1;
    switch (rendering.kind) {
      case 'FAILED':
        return fail(item, rendering);
      case 'NOT_NEEDED':
        report.noResizeNeeded += 1;
        report.proxiesSkipped += 1;
        return settle(item, 0);
      case 'PLANNED':
        await plan?.add(item);
        return countCreated(item, rendering.source.sizeBytes, estimateBytes(rendering), isResized(rendering));
      case 'RENDERED':
        rendered.push({ item, rendered: rendering });
        if (rendered.length >= writtenAtOnce) await flush();
    }
  }

  async function flush(): Promise<void> {
    const batch = rendered;
    rendered = [];
    if (batch.length === 0) return;
    const failures = await writer.write(batch, profile, context.jobId);
    for (const { item, rendered: finished } of batch) {
      const { source, proxy } = finished;
      const error = failures.get(item.id);
      if (error === undefined) {
        countCreated(item, source.sizeBytes, proxy.sizeBytes, source.width !== proxy.width);
      } else {
        made -= 1;
        fail(item, { kind: 'FAILED', code: error.code, reason: error.message });
      }
    }
  }

  function countCreated(item: ProxyCandidate, originalBytes: number, proxyBytes: number, wasResized: boolean): void {
    if (wasResized) report.needsResize += 1;
    else report.noResizeNeeded += 1;
    report.proxiesCreated += 1;
    report.totalOriginalBytes += originalBytes;
    report.totalProxyBytes += proxyBytes;
    settle(item, Math.max(0, originalBytes - proxyBytes));
  }

  function fail(item: ProxyCandidate, rendering: FailedRendering): void {
    report.errors += 1;
    context.reportItemError({
      item: itemName(item),
      code: rendering.code,
      message: toProxyError(rendering).message,
    });
    settle(item, 0);
  }

  function settle(item: ProxyCandidate, savedBytes: number): void {
    context.progress.advance({ done: 1, bytes: savedBytes, currentItem: itemName(item) });
  }

  /**
   * Every image under way counts as one that gets a proxy, until it is known to get none: so it is always the first
   * ones, in the order of their ids, that a limit lets through.
   */
  async function hasRoom(): Promise<boolean> {
    while (limit !== null && made + queue.pending + queue.size >= limit) {
      if (queue.pending + queue.size > 0) await queue.onPendingZero();
      else if (rendered.length > 0) await flush();
      else return false;
    }
    return true;
  }

  return {
    countEarlier() {
      made += 1;
    },
    async add(item) {
      await queue.onSizeLessThan(1);
      if (!(await hasRoom())) return false;
      if (failure !== undefined) throw failure;
      report.totalImages += 1;
      queue.add(() => work(item)).catch((error: unknown) => void (failure ??= error));
      return true;
    },
    async finish() {
      await queue.onIdle();
      await flush();
      if (failure !== undefined) throw failure;
    },
  };
}

/** The name by which people, and a retry, find the item, as `escapeName` writes it. */
export function itemName({ rootCategory, relativePath }: ProxyCandidate): string {
  return escapeName(`${rootCategory}/${relativePath}`);
}

function isResized({ source, target }: Extract<Rendering, { kind: 'PLANNED' }>): boolean {
  return source.width !== target.width || source.height !== target.height;
}
