import type { BigIntStats } from 'node:fs';
import type { ScannedFolder } from '../../catalogue/sql/scanned-folders.ts';
import type { ScannedFile } from '../../metadata/describe-file.ts';
import { signatureOf } from '../../metadata/signature.ts';
import type { WalkError } from './walk-entries.ts';

/** A stretch of the walk, in path order. */
export interface WalkBatch {
  files: ScannedFile[];
  /**
   * Process these before `files`: whether files exist at an error's path or below it is unknown. What an error leaves
   * unknown comes after the last file of the batch before.
   */
  errors: WalkError[];
  folders: WalkedFolders;
}

/** What the walk reports of folders, where it knows those of an earlier scan. */
interface WalkedFolders {
  /** Folders whose files are as they were. Process these before `files`, like errors. */
  unchanged: string[];
  /** Folders whose files were all reported, with their signatures; null where there is none. */
  lookedAt: ScannedFolder[];
}

/**
 * A batch on its way between threads: a few long values, which are cloned far more quickly than many small objects. The
 * signatures are made on arrival, since the walking thread is the slower one.
 */
export interface EncodedBatch {
  /** The paths, joined by NUL, the only character besides `/` that no name has. */
  relativePaths: string;
  sizesBytes: Float64Array;
  modifiedAtMs: Float64Array;
  /** The modification times in nanoseconds, for the signatures. */
  modifiedNs: BigInt64Array;
  /** The signatures of XMP files beside some of the files, by their index. */
  sidecars: [index: number, signature: string][];
  errors: WalkError[];
  folders: WalkedFolders;
}

/** The message after the last batch. */
export const endOfWalk = null;

export interface BatchWriter {
  addFile(relativePath: string, stats: BigIntStats, sidecarSignature?: string | null): void;
  addError(error: WalkError): void;
  addUnchangedFolder(prefix: string): void;
  addFolder(prefix: string, signature: string | null): void;
  /** Sends the gathered entries, if any. */
  flush(): void;
}

const maxEntries = 1_000;
const maxWaitMs = 200;
/** Reading the clock costs a tenth of an lstat, so it is read once for so many entries. */
const clockStride = 50;

/** Gathers entries and sends them by the thousand, sooner where the disk is slow. */
export function createBatchWriter(send: (batch: EncodedBatch) => void): BatchWriter {
  const sizesBytes = new Float64Array(maxEntries);
  const modifiedAtMs = new Float64Array(maxEntries);
  const modifiedNs = new BigInt64Array(maxEntries);
  let relativePaths: string[] = [];
  let sidecars: EncodedBatch['sidecars'] = [];
  let errors: WalkError[] = [];
  let folders: WalkedFolders = { unchanged: [], lookedAt: [] };
  let sentAt = performance.now();

  return {
    addFile,
    addError,
    addUnchangedFolder(prefix) {
      folders.unchanged.push(prefix);
      flushIfDue();
    },
    addFolder(prefix, signature) {
      folders.lookedAt.push([prefix, signature]);
      flushIfDue();
    },
    flush,
  };

  function addFile(relativePath: string, stats: BigIntStats, sidecarSignature: string | null = null): void {
    const index = relativePaths.push(relativePath) - 1;
    sizesBytes[index] = Number(stats.size);
    modifiedAtMs[index] = Number(stats.mtimeMs);
    modifiedNs[index] = stats.mtimeNs;
    if (sidecarSignature !== null) sidecars.push([index, sidecarSignature]);
    flushIfDue();
  }

  function addError(error: WalkError): void {
    errors.push(error);
    flushIfDue();
  }

  function flushIfDue(): void {
    const entries = relativePaths.length + errors.length + folders.unchanged.length + folders.lookedAt.length;
    if (entries >= maxEntries || (entries % clockStride === 0 && performance.now() - sentAt > maxWaitMs)) flush();
  }

  function flush(): void {
    const count = relativePaths.length;
    if (count + errors.length + folders.unchanged.length + folders.lookedAt.length === 0) return;
    send({
      relativePaths: relativePaths.join('\0'),
      sizesBytes: sizesBytes.slice(0, count),
      modifiedAtMs: modifiedAtMs.slice(0, count),
      modifiedNs: modifiedNs.slice(0, count),
      sidecars,
      errors,
      folders,
    });
    relativePaths = [];
    sidecars = [];
    errors = [];
    folders = { unchanged: [], lookedAt: [] };
    sentAt = performance.now();
  }
}

/** Turns a batch that arrived back into entries. */
export function decodeBatch(batch: EncodedBatch): WalkBatch {
  const { sizesBytes, modifiedAtMs, modifiedNs, errors, folders } = batch;
  const relativePaths = batch.relativePaths.split('\0');
  const files: ScannedFile[] = [];
  for (let index = 0; index < sizesBytes.length; index++) {
    const relativePath = relativePaths[index]!;
    const sizeBytes = sizesBytes[index]!;
    files.push({
      relativePath,
      sizeBytes,
      modifiedAtMs: modifiedAtMs[index]!,
      signature: signatureOf(relativePath, sizeBytes, modifiedNs[index]!),
    });
  }
  for (const [index, sidecarSignature] of batch.sidecars) {
    const file = files[index];
    if (file) file.sidecarSignature = sidecarSignature;
  }
  return { files, errors, folders };
}
