import { DetailedError, Upload } from 'tus-js-client';
import { base } from '../api/execute.ts';
import { TransferError } from './transfer-error.ts';

interface TransferOptions {
  file: File;
  /** Where an earlier part of it is; null: from the beginning. */
  url: string | null;
  metadata: Record<string, string>;
  /** How many bytes a request carries at most. */
  pieceBytes: number;
  signal: AbortSignal;
  onUrl: (url: string) => void;
  onProgress: (sentBytes: number) => void;
}

export interface Transferred {
  item: string;
  isStored: boolean;
}

/**
 * Sends a file by the tus protocol, from where an earlier part ends; null where it was told to stop. Throws TransferError with what the
 * service says; whoever calls decides whether to try again.
 */
export function transfer({
  file,
  url,
  metadata,
  pieceBytes,
  signal,
  onUrl,
  onProgress,
}: TransferOptions): Promise<Transferred | null> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      // A part that is gone is begun again by who called, and not behind its back: the answer may as well be that of a proxy.
      endpoint: url === null ? new URL('uploads', base).href : null,
      uploadUrl: url,
      metadata,
      chunkSize: pieceBytes,
      retryDelays: null,
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => upload.url !== null && onUrl(upload.url),
      onProgress: (sent) => onProgress(sent),
      onError: (error) => (signal.aborted ? resolve(null) : reject(toTransferError(error))),
      onSuccess: ({ lastResponse }) =>
        resolve({
          item: lastResponse.getHeader('Mediashelf-Item') ?? '',
          isStored: lastResponse.getHeader('Mediashelf-Stored') === 'true',
        }),
    });
    signal.addEventListener('abort', () => void upload.abort().finally(() => resolve(null)), { once: true });
    if (signal.aborted) resolve(null);
    else upload.start();
  });
}

/** Has the service forget a part. It does so by itself a day later. */
export async function forgetPart(url: string): Promise<void> {
  await Upload.terminate(url, { retryDelays: null }).catch(() => undefined);
}

/** The most bytes that a file may have here; null where the service does not say. */
export async function readMaxBytes(): Promise<number | null> {
  try {
    const { headers } = await fetch(new URL('uploads', base), { method: 'OPTIONS', credentials: 'same-origin' });
    return Number(headers.get('tus-max-size')) || null;
  } catch {
    return null;
  }
}

function toTransferError(error: Error): TransferError {
  const response = error instanceof DetailedError ? error.originalResponse : null;
  if (response === null || response === undefined) return new TransferError(error.message, 0, null);
  const retryAfter = Number(response.getHeader('Retry-After'));
  const { code, message } = wordsIn(response.getBody());
  return new TransferError(message ?? error.message, response.getStatus(), retryAfter > 0 ? retryAfter : null, code);
}

/** The service says what was wrong as JSON, by itself or as a problem document. */
function wordsIn(body: string): { code: string | null; message: string | null } {
  try {
    const { code, message, detail } = JSON.parse(body) as Record<'code' | 'message' | 'detail', unknown>;
    const text = (value: unknown) => (typeof value === 'string' ? value : null);
    return { code: text(code), message: text(message) ?? text(detail) };
  } catch {
    return { code: null, message: null };
  }
}
