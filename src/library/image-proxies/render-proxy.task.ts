import type { ImageProxyFormat, ImageProxyProfile } from '../../base/config/image-proxy-profile.ts';
import { openInside } from '../../base/files/open-inside.ts';
import { DomainError, UnreadableImageError } from '../../base/errors/domain-error.ts';
import { isCutOff } from '../../base/pictures/is-cut-off.ts';
import { openPicture, type OpenPicture } from '../../base/pictures/open-picture.ts';
import { bytesOfFile } from '../../base/pictures/picture-bytes.ts';
import { calculateTargetDimensions, needsProxy, type Dimensions } from './proxy-target.ts';
import { renderPicture } from './render-picture.ts';
import { createHash } from 'node:crypto';
import { unlink, writeFile } from 'node:fs/promises';
import { toStorageError } from '../../base/errors/storage-error.ts';

export interface RenderProxyInput {
  source: { rootPath: string; relativePath: string };
  profile: ImageProxyProfile;
  /** A picture with more pixels is refused by its header. */
  maxPixels: number;
  /** What happens to a picture that is small enough as it is; `FORMAT` renders it if models do not read its format. */
  small: 'RENDER' | 'SKIP' | 'FORMAT';
  /** Path of a new file for the bytes; null in a dry run, which does not render. */
  outputPath: string | null;
}

/** The file that was read, as it was when it was opened. */
interface SourceFacts extends Dimensions {
  sizeBytes: number;
  /** Nanoseconds since 1970, as text: they are more than a number can hold. */
  modifiedNs: string;
}

interface ProxyFacts extends Dimensions {
  format: ImageProxyFormat;
  sizeBytes: number;
  sha256: string;
}

/** Failures are data, as error classes do not survive the way out of the worker. */
export type RenderProxyOutput =
  | { kind: 'RENDERED'; source: SourceFacts; proxy: ProxyFacts }
  /** What would be rendered, in a dry run. */
  | { kind: 'PLANNED'; source: SourceFacts; target: Dimensions; hasAlpha: boolean }
  | { kind: 'NOT_NEEDED'; source: SourceFacts }
  | { kind: 'FAILED'; code: string; reason: string };

/** Makes the proxy of one picture. For one that cannot be read it returns FAILED; it never throws. */
export async function renderProxy(input: RenderProxyInput): Promise<RenderProxyOutput> {
  try {
    return await render(input);
  } catch (error) {
    if (error instanceof UnreadableImageError) return { kind: 'FAILED', code: error.code, reason: error.reason };
    if (error instanceof DomainError) return { kind: 'FAILED', code: error.code, reason: error.message };
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'FAILED', code: 'RENDERING_FAILED', reason };
  }
}

async function render({
  source: { rootPath, relativePath },
  profile,
  maxPixels,
  small,
  outputPath,
}: RenderProxyInput): Promise<RenderProxyOutput> {
  const { handle, stats } = await openInside(rootPath, relativePath);
  try {
    const bytes = bytesOfFile({ fd: handle.fd, sizeBytes: Number(stats.size) });
    const picture = await openPicture(bytes, relativePath, { maxPixels });
    const { width, height } = picture;
    const source = { width, height, sizeBytes: Number(stats.size), modifiedNs: String(stats.mtimeNs) };
    if (!isWanted(picture, profile, small)) return { kind: 'NOT_NEEDED', source };
    if (outputPath === null) {
      if (isCutOff(bytes, picture.format)) throw new UnreadableImageError('it ends too early.');
      const target = calculateTargetDimensions(picture.decoded, profile);
      return { kind: 'PLANNED', source, target, hasAlpha: picture.hasAlpha };
    }
    const { bytes: made, ...rendered } = await renderPicture(picture, profile);
    const after = await handle.stat({ bigint: true });
    if (after.mtimeNs !== stats.mtimeNs || after.size !== stats.size) {
      throw new UnreadableImageError('it was written to while it was read. Try again when it is complete.');
    }
    return { kind: 'RENDERED', source, proxy: { ...rendered, ...(await writeNewFile(outputPath, made)) } };
  } finally {
    await handle.close();
  }
}

function isWanted(picture: OpenPicture, profile: ImageProxyProfile, small: RenderProxyInput['small']): boolean {
  if (small === 'RENDER' || needsProxy(picture, profile)) return true;
  return small === 'FORMAT' && !formatsOfModels.has(picture.format);
}

/** Formats that vision models read. */
const formatsOfModels: ReadonlySet<string> = new Set(['jpeg', 'png', 'gif', 'webp']);

/**
 * Writes a file that is not there yet, and leaves nothing behind where that fails, as on a full disk. It is flushed only
 * when it is published, as a thread that waits for the disk renders nothing. Throws StorageError.
 */
async function writeNewFile(path: string, bytes: Uint8Array): Promise<{ sizeBytes: number; sha256: string }> {
  try {
    await writeFile(path, bytes, { flag: 'wx' });
  } catch (error) {
    await unlink(path).catch(() => undefined); // it was never made, or the error that counts is the first
    throw toStorageError(error, 'Writing the proxy');
  }
  return { sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

export type FailedRendering = Extract<RenderProxyOutput, { kind: 'FAILED' }>;
