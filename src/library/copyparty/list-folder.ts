import { z } from 'zod';
import { discard, type Copyparty } from './copyparty.ts';
import { FileNotFoundOnDiskError } from '../../base/files/file-errors.ts';
import { UpstreamBrokenError, UpstreamRefusedError } from './copyparty-errors.ts';
import { mediaTypeOf, readBody } from './read-body.ts';
import type { UpstreamResponse } from './upstream-response.ts';

/** What lies directly in a folder of copyparty. */
export interface CopypartyListing {
  files: { name: string; sizeBytes: number }[];
  folders: string[];
  /** The user as whom the service was let in; `*` is anybody. */
  account: string;
}

/**
 * Lists a folder, given with or without a slash at its end. Throws UpstreamRefusedError, FileNotFoundOnDiskError where
 * there is no such folder, UpstreamBrokenError for an answer of another shape, and what a Copyparty throws.
 */
export async function listFolder(
  copyparty: Pick<Copyparty, 'get'>,
  folderPath: string,
  signal: AbortSignal,
): Promise<CopypartyListing> {
  const response = await copyparty.get(asFolder(folderPath), { query: { ls: true }, signal });
  try {
    if (response.status === 404) throw new FileNotFoundOnDiskError(folderPath);
    // At its root, copyparty answers a user that it does not know with a login page and status 200.
    const isPage = response.status === 200 && mediaTypeOf(response) === 'text/html';
    if (isPage || response.status === 401) throw new UpstreamRefusedError();
    if (response.status === 403) throw new UpstreamRefusedError(await isBanNotice(response));
    if (response.status !== 200 || mediaTypeOf(response) !== 'application/json') {
      throw new UpstreamBrokenError(`a listing was answered ${response.status} with ${mediaTypeOf(response)}`);
    }
    return parseListing((await readBody(response.body, maxListingBytes, 'a listing')).toString());
  } catch (error) {
    discard(response);
    throw error;
  }
}

async function isBanNotice({ body }: UpstreamResponse): Promise<boolean> {
  return (await readBody(body, 64 * 1024, 'a refusal')).toString() === 'thank you for playing';
}

/** Adds the slash by which copyparty recognises a folder. */
export function asFolder(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}

// A listing of about 20,000 files; nobody would wait for one of more.
const maxListingBytes = 4 * 1024 * 1024;

// Each entry also has its time and tags, which are not read.
const listingSchema = z
  .object({
    files: z.array(z.object({ href: z.string(), sz: z.number() })),
    dirs: z.array(z.object({ href: z.string() })),
    acct: z.string().default('*'),
  })
  .transform(({ files, dirs, acct }): CopypartyListing => ({
    files: files.map(({ href, sz }) => ({ name: toName(href), sizeBytes: sz })),
    folders: dirs.map(({ href }) => toName(href)),
    account: acct,
  }));

function parseListing(text: string): CopypartyListing {
  try {
    return listingSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new UpstreamBrokenError('a listing has another shape', { cause: error });
  }
}

/** An item has no name in a listing, only its address. A name that is no UTF-8 stays escaped, and matches no file. */
function toName(href: string): string {
  const escaped = href.split('?', 1)[0]?.replace(/\/$/, '') ?? '';
  try {
    return decodeURIComponent(escaped);
  } catch {
    // Node knows no other way to learn that an escape is no UTF-8.
    return escaped;
  }
}
