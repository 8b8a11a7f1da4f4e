import PQueue from 'p-queue';
import type { ImageProxyProfile } from '../../base/config/image-proxy-profile.ts';
import type { CategoryConfig } from '../../base/config/media-config.ts';
import type { ProxyCandidate } from './sql/proxy-candidates.ts';
import { signatureOf } from '../metadata/signature.ts';
import type { FetchSource } from './fetch-source.ts';
import type { ProxyFiles } from './proxy-files.ts';
import type { FailedRendering, RenderProxyInput, RenderProxyOutput } from './render-proxy.task.ts';

export interface RenderPool {
  readonly threads: number;
  run(name: 'renderProxy', input: RenderProxyInput): Promise<RenderProxyOutput>;
}

/** The result of a rendering; a rendered file waits under a temporary name. */
export type Rendering = Exclude<RenderProxyOutput, { kind: 'RENDERED' }> | RenderedProxy;
export type RenderedProxy = Extract<RenderProxyOutput, { kind: 'RENDERED' }> & {
  temporaryPath: string;
  /** Signature of the file that was read; it differs from the item's where the file was written since the last scan. */
  sourceSignature: string;
};

interface RenderOptions {
  small: RenderProxyInput['small'];
  /** Whether it is only decided what would be rendered. */
  dryRun?: boolean;
  /** Whether somebody waits for it: it goes before what a batch wants. */
  isUrgent?: boolean;
}

export interface ProxyRenderer {
  /** How many renders run side by side. */
  readonly threads: number;
  render(item: ProxyCandidate, profile: ImageProxyProfile, options: RenderOptions): Promise<Rendering>;
}

interface ProxyRendererOptions {
  pool: RenderPool;
  files: ProxyFiles;
  findCategory: (key: string) => CategoryConfig | undefined;
  /** Null where all bytes come from the disk. */
  fetchSource: FetchSource | null;
  maxPixels: number;
}

export function createProxyRenderer(options: ProxyRendererOptions): ProxyRenderer {
  const { pool, files, findCategory, fetchSource, maxPixels } = options;
  // Renders wait here and not in the pool, where a scan would have to wait behind them.
  const queue = new PQueue({ concurrency: pool.threads });

  async function run(
    source: RenderProxyInput['source'],
    signature: (modifiedNs: bigint, sizeBytes: number) => string,
    profile: ImageProxyProfile,
    { small, dryRun = false, isUrgent = false }: RenderOptions,
  ): Promise<Rendering> {
    const temporaryPath = dryRun ? null : await files.newTemporaryPath();
    const input = { source, profile, maxPixels, small, outputPath: temporaryPath };
    const output = await queue
      .add(() => pool.run('renderProxy', input), { priority: isUrgent ? 1 : 0 })
      .catch((error: unknown): RenderProxyOutput => describeDeadWorker(error));
    if (output.kind === 'RENDERED' && temporaryPath !== null) {
      const { modifiedNs, sizeBytes } = output.source;
      return { ...output, temporaryPath, sourceSignature: signature(BigInt(modifiedNs), sizeBytes) };
    }
    if (temporaryPath !== null) await files.discard(temporaryPath);
    return output as Rendering;
  }

  return {
    threads: pool.threads,
    async render(item, profile, renderOptions) {
      const category = findCategory(item.rootCategory);
      if (category === undefined) return categoryGone;
      const { relativePath } = item;
      const signature = (modifiedNs: bigint, sizeBytes: number) => signatureOf(relativePath, sizeBytes, modifiedNs);
      const rendering = await run({ rootPath: category.rootPath, relativePath }, signature, profile, renderOptions);
      if (fetchSource === null || !isAbsent(rendering)) return rendering;
      // The root of the category is on copyparty's machine alone.
      const fetched = await fetchSource(item, category);
      if ('code' in fetched) return fetched;
      try {
        // The copy's own times say nothing about the original.
        return await run(fetched.file, () => item.signature, profile, renderOptions);
      } finally {
        await fetched.dispose();
      }
    },
  };
}

const categoryGone: FailedRendering = {
  kind: 'FAILED',
  code: 'UNKNOWN_CATEGORY',
  reason: 'its category is no longer configured.',
};

function isAbsent(rendering: Rendering): boolean {
  return rendering.kind === 'FAILED' && rendering.code === 'FILE_NOT_FOUND_ON_DISK';
}

/** The worker ran out of memory, or its decoder did not end; the pool has another worker for the next picture. */
function describeDeadWorker(error: unknown): FailedRendering {
  const reason = error instanceof Error ? error.message : String(error);
  return { kind: 'FAILED', code: 'RENDERING_FAILED', reason: `it could not be rendered to its end (${reason}).` };
}
