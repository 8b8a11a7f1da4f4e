import type { MessagePort } from 'node:worker_threads';
import { findStart } from './find-start.ts';
import { isReadable } from './is-readable.ts';
import { decodeFolders, type EncodedFolders } from './known-folders.ts';
import { createMatcher, type MatchPatterns } from '../../catalogue/match-patterns.ts';
import { findRoot } from './find-root.ts';
import { createBatchWriter, endOfWalk } from './walk-batch.ts';
import { pathTooLong, stillChanging, walkFailure } from './walk-failure.ts';
import { createWalkGate } from './walk-control.ts';
import { emptyWalkSummary, type WalkSummary } from './walk-entries.ts';
import { signSidecar } from './sign-sidecar.ts';
import { walkTree, type TreeVisitor } from './walk-tree.ts';

export interface WalkInput extends MatchPatterns {
  /** An absolute path; may be a symbolic link. */
  rootPath: string;
  /** The folder to walk, or the file to look at, instead of the whole root. */
  startAt?: string;
  /** A file that was modified more recently than this may still be written: it is left for a later walk. */
  restMs?: number;
  /** A file with a longer path below the root is an error; left out: no limit. */
  maxPathBytes?: number;
  /** The folders that an earlier scan saw; left out: every file is looked at. */
  known?: EncodedFolders;
  /** Sends only so many files; those beyond are counted alone. */
  limit?: number;
  /**
   * Gets the batches (`EncodedBatch`), then `endOfWalk`. The other side closes it, as this thread sleeps after a task.
   */
  port: MessagePort;
  /** The memory of a `WalkControl`: acknowledges the batches, and can stop the walk. */
  control: SharedArrayBuffer;
}

/** Walks one category's root in a worker thread, which it blocks, and sends what it finds in path order. */
export function walkCategory({
  rootPath,
  startAt = '',
  restMs = 0,
  maxPathBytes = Infinity,
  known,
  limit = Infinity,
  port,
  control,
  ...patterns
}: WalkInput): WalkSummary {
  const gate = createWalkGate(control);
  let batchesSent = 0;
  const writer = createBatchWriter((batch) => {
    gate.waitForRoom(batchesSent++);
    port.postMessage(batch);
  });
  const summary = emptyWalkSummary();
  const visitor: TreeVisitor = {
    file(relativePath, stats, sidecar) {
      if (Buffer.byteLength(relativePath) > maxPathBytes) {
        visitor.error(pathTooLong(relativePath, maxPathBytes));
        return false;
      }
      if (restMs > 0 && Math.abs(Date.now() - Number(stats.mtimeMs)) < restMs) {
        summary.stillChanging++;
        writer.addError(stillChanging(relativePath));
        return false;
      }
      summary.filesFound++;
      if (summary.filesFound > limit) {
        summary.limited = true;
        return false;
      }
      writer.addFile(relativePath, stats, sidecar);
      return true;
    },
    unchangedFolder: (prefix) => writer.addUnchangedFolder(prefix),
    folder(prefix, signature) {
      // No file in a folder with a longer path can be catalogued.
      if (Buffer.byteLength(prefix) <= maxPathBytes) writer.addFolder(prefix, signature);
    },
    error(error) {
      writer.addError(error);
      summary.errorCount++;
      if (error.relativePath === '') summary.rootState = 'unreadable';
    },
    shouldStop() {
      summary.cancelled = gate.isStopped();
      return summary.cancelled;
    },
  };

  const root = findRoot(rootPath);
  if (root.state === 'ok') {
    const matcher = createMatcher(patterns);
    const start = findStart(root.realPath, startAt, matcher);
    if (start.kind === 'folder') {
      Object.assign(
        summary,
        walkTree({ realRoot: root.realPath, matcher, visitor, start, known: known && decodeFolders(known) }),
      );
    } else if (start.kind === 'error') visitor.error(start.error);
    else if (start.kind === 'file') {
      if (isReadable(start.realPath, start.stats)) visitor.file(startAt, start.stats, signSidecar(start.realPath));
      else visitor.error(walkFailure(startAt, 'file', { code: 'EACCES' }));
    }
    if (root.wasReplaced()) summary.rootState = 'missing';
  } else {
    summary.rootState = root.state;
    if (root.state === 'unreadable') visitor.error(root.error);
  }
  writer.flush();
  summary.cancelled ||= gate.isStopped();
  port.postMessage(endOfWalk);
  return summary;
}
