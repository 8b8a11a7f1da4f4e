import { DetailedError, Upload } from 'tus-js-client';
import { base } from '../api/execute.ts';
import { TransferError } from './transfer-error.ts';

interface TransferOptions {
  file: File;
  /** Where an earlier part of it is; null: from the beginning. */
  url: string | null;
  metadata: Record<string, string>;
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
  return new TransferError(
    messageIn(response.getBody()) ?? error.message,
    response.getStatus(),
    retryAfter > 0 ? retryAfter : null,
  );
}

/** The service says what was wrong as JSON, by itself or as a problem document. */
function messageIn(body: string): string | null {
  try {
    const { message, detail } = JSON.parse(body) as { message?: unknown; detail?: unknown };
    if (typeof message === 'string') return message;
    return typeof detail === 'string' ? detail : null;
  } catch {
    return null;
  }
}
