import { createHash } from 'node:crypto';
import type { ByteRange } from '../delivery/byte-source.ts';
import { FileNotFoundOnDiskError, NotARegularFileError } from '../../base/files/file-errors.ts';
import { parseHttpDate } from '../../base/http-date.ts';
import { UpstreamBrokenError, UpstreamRefusedError } from './copyparty-errors.ts';
import type { UpstreamResponse } from './upstream-response.ts';

/** What copyparty says about a file. */
export interface FileFacts {
  sizeBytes: number;
  /** Time in whole seconds. */
  modifiedAt: Date;
  etag: string;
}

export interface FileAnswer {
  facts: FileFacts;
  /** Which bytes of the file the body holds; null for none. */
  range: ByteRange | null;
}

type Answer = Pick<UpstreamResponse, 'status' | 'headers'>;

/**
 * Reads the answer to a HEAD or to a GET of one range. `path` is the file's in copyparty. Throws FileNotFoundOnDiskError,
 * NotARegularFileError, UpstreamRefusedError, UpstreamBrokenError.
 */
export function readFileAnswer(path: string, { status, headers }: Answer): FileAnswer {
  if (status === 404) throw new FileNotFoundOnDiskError(path);
  if (status === 401 || status === 403) throw new UpstreamRefusedError();
  if (status !== 200 && status !== 206 && status !== 416)
    throw new UpstreamBrokenError(`a file was answered ${status}`);
  const lastModified = headers['last-modified'];
  // Pages of copyparty have no date, such as that of a folder that lies where the file was.
  if (lastModified === undefined && status === 200) throw new NotARegularFileError(path);
  if (headers['content-encoding'] !== undefined) {
    throw new UpstreamBrokenError(`the file came in ${headers['content-encoding']}, and as it is was asked for`);
  }
  const modifiedMs = lastModified === undefined ? null : parseHttpDate(lastModified);
  const { sizeBytes, range } = status === 200 ? readWhole(headers) : readContentRange(status, headers['content-range']);
  if (modifiedMs === null || sizeBytes === null) {
    throw new UpstreamBrokenError(`a file was answered ${status} without its size or its date`);
  }
  const isYoung = headers.date !== undefined && parseHttpDate(headers.date) === modifiedMs;
  const etag = formatEtag(path, sizeBytes, modifiedMs, isYoung);
  return { facts: { sizeBytes, modifiedAt: new Date(modifiedMs), etag }, range };
}

/**
 * An ETag from what copyparty and the disk both know, so that the file has the same tag wherever its bytes come from. A
 * tag from whole seconds is weak as long as the second lasts: the file may change once more in it (RFC 9110 §8.8.2.2).
 */
export function formatEtag(path: string, sizeBytes: number, modifiedMs: number, isYoung: boolean): string {
  const pathHash = createHash('sha1').update(path).digest('base64url').slice(0, 8);
  const parts = [sizeBytes.toString(36), Math.floor(modifiedMs / 1000).toString(36), pathHash];
  return `${isYoung ? 'W/' : ''}"${parts.join('-')}"`;
}

interface Extent {
  sizeBytes: number | null;
  range: ByteRange | null;
}

function readWhole({ 'content-length': length }: Answer['headers']): Extent {
  if (length === undefined || !/^\d{1,15}$/.test(length)) return { sizeBytes: null, range: null };
  const sizeBytes = Number(length);
  return { sizeBytes, range: sizeBytes === 0 ? null : { start: 0, end: sizeBytes - 1 } };
}

function readContentRange(status: number, contentRange = ''): Extent {
  const [, first, last, size] = /^bytes (?:(\d{1,15})-(\d{1,15})|\*)\/(\d{1,15})$/.exec(contentRange) ?? [];
  const range = first === undefined || last === undefined ? null : { start: Number(first), end: Number(last) };
  if (size === undefined || (status === 206) !== (range !== null)) return { sizeBytes: null, range: null };
  return { sizeBytes: Number(size), range };
}
