import { SignedOutError } from '../api/api-errors.ts';
import { currentSession, noteSignedOut, untilSignedIn } from '../api/signed-out.ts';
import { uploadTexts } from '../words/uploads.ts';
import type { UploadEntry } from './entry.ts';
import { findExisting } from './find-existing.ts';
import { hashFile } from './hash-file.ts';
import { isTooMuchAtOnce, judge, secondsBefore } from './judge.ts';
import type { Pieces } from './pieces.ts';
import { targetOf, whyNot, type Target, type TargetChoice } from './targets.ts';
import { TransferError } from './transfer-error.ts';
import { transfer } from './transfer.ts';

/** What the service takes, and what the person wants. */
export interface UploadFacts {
  targets: readonly Target[];
  maxBytes: number | null;
}

export interface SendContext {
  /** Null where it cannot be read any more. */
  fileOf(entry: UploadEntry): Promise<File | null>;
  facts(): Promise<UploadFacts>;
  choice(): TargetChoice;
  looksFirst(): boolean;
  pieces: Pieces;
  /** Notes a change; one that has to outlive a crash is kept. */
  change(entry: UploadEntry, change: Partial<UploadEntry>, isKept: boolean): void;
  /** Says what holds everything up; null: nothing does. */
  trouble(text: string | null): void;
  /** Stops the whole queue until a person has done something about it. */
  halt(text: string): void;
}

type AttemptContext = SendContext & { pieceBytes: number };

/** Brings one file to the service, however often it takes; returns when it has ended, is lost, or the signal stopped it. */
export async function sendEntry(entry: UploadEntry, context: SendContext, signal: AbortSignal): Promise<void> {
  for (let attempt = 0; !signal.aborted; attempt++) {
    const session = currentSession();
    const before = entry.sentBytes;
    const pieceBytes = context.pieces.bytes();
    try {
      await attemptOnce(entry, { ...context, pieceBytes }, signal);
      return;
    } catch (error) {
      const verdict = judge(error);
      if (signal.aborted) return;
      if (entry.sentBytes > before) attempt = 0;
      const isPieceTooLarge = entry.url !== null && isTooMuchAtOnce(error);
      if (isPieceTooLarge && context.pieces.shrink(pieceBytes)) continue;
      if (verdict.kind === 'refuse') {
        const { targets } = await context.facts();
        const text = verdict.isContent
          ? uploadTexts.refused.unsupported(verdict.message, targets)
          : isPieceTooLarge
            ? uploadTexts.refused.onTheWay
            : verdict.message;
        const state = verdict.isContent ? 'refused' : 'failed';
        context.change(entry, { state, message: text, url: null, sentBytes: 0 }, true);
        return;
      }
      if (verdict.kind === 'halt') {
        context.change(entry, { state: 'waiting', message: verdict.message }, true);
        context.halt(uploadTexts.trouble.disk(verdict.message));
        return;
      }
      if (verdict.kind === 'sign-in') {
        context.change(entry, { message: uploadTexts.signedOut }, false);
        noteSignedOut(new SignedOutError(uploadTexts.signedOut, session));
        await untilSignedIn(session, signal);
        context.change(entry, { message: null }, false);
      } else if (verdict.kind === 'anew' && entry.url !== null) {
        context.change(entry, { url: null, sentBytes: 0 }, true);
      } else {
        const { afterSeconds, isAway } = verdict.kind === 'again' ? verdict : { afterSeconds: null, isAway: true };
        const seconds = secondsBefore(attempt, afterSeconds);
        context.trouble(isAway ? uploadTexts.trouble.away : uploadTexts.trouble.busy(Math.ceil(seconds)));
        await pauseFor(seconds, signal);
      }
    }
  }
}

async function attemptOnce(entry: UploadEntry, context: AttemptContext, signal: AbortSignal): Promise<void> {
  const file = await context.fileOf(entry);
  if (signal.aborted) return;
  if (file === null) {
    context.change(entry, { state: 'lost', message: uploadTexts.unreadable }, true);
    return;
  }
  if (file.size !== entry.size || file.lastModified !== entry.lastModified) {
    const { size, lastModified } = file;
    context.change(
      entry,
      { size, lastModified, url: null, sha256: null, sentBytes: 0, message: uploadTexts.changed },
      true,
    );
  }
  const { targets, maxBytes } = await context.facts();
  const reason = entry.category === null ? whyNot(entry, targets, maxBytes) : null;
  if (reason !== null) {
    context.change(entry, { state: 'refused', message: reason }, true);
    return;
  }
  if (entry.url === null && !entry.allowDuplicate && context.looksFirst()) {
    context.change(entry, { state: 'checking' }, false);
    const sha256 =
      entry.sha256 ?? (await hashFile(file, signal, (hashedBytes) => context.change(entry, { hashedBytes }, false)));
    if (signal.aborted) return;
    // Of a film it took minutes.
    context.change(entry, { sha256, hashedBytes: 0 }, true);
    const item = sha256 === null ? null : await findExisting(sha256);
    context.trouble(null);
    if (item !== null) {
      context.change(entry, { state: 'known', item, message: null }, true);
      return;
    }
  }
  await send(entry, file, targets, context, signal);
}

async function send(
  entry: UploadEntry,
  file: File,
  targets: readonly Target[],
  context: AttemptContext,
  signal: AbortSignal,
): Promise<void> {
  const category =
    entry.category ?? (entry.kind === null ? null : targetOf(entry.kind, targets, context.choice())?.key) ?? null;
  context.change(entry, { state: 'sending', category }, false);
  const done = await transfer({
    file,
    url: entry.url,
    metadata: {
      filename: entry.name,
      ...(category !== null && { category }),
      ...(entry.folder !== '' && { folder: entry.folder }),
      ...(entry.allowDuplicate && { allowDuplicate: 'true' }),
    },
    pieceBytes: context.pieceBytes,
    signal,
    onUrl: (url) => context.change(entry, { url }, true),
    onProgress(sentBytes) {
      context.trouble(null);
      context.change(entry, { sentBytes, message: null }, false);
    },
  });
  if (done === null) return;
  context.trouble(null);
  // Whoever was signed out meanwhile, or another program, answers with success and no item.
  if (done.item === '') throw new TransferError('', 502, null);
  const state = done.isStored ? 'stored' : 'known';
  const item = { id: done.item, title: entry.name };
  context.change(entry, { state, item, sentBytes: entry.size, message: null }, true);
}

/** Waits, but not longer than until the browser is online again. */
function pauseFor(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener('online', end);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, seconds * 1_000);
    addEventListener('online', end);
    signal.addEventListener('abort', end);
  });
}
