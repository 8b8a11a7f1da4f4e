import type { Readable } from 'node:stream';
import { z } from 'zod';
import { UpstreamArchiveError } from '../delivery/archives/archive-errors.ts';
import type { ArchiveUpstream, FolderListing } from '../delivery/archives/archive-upstream.ts';

interface ArchiveExchange {
  method: 'GET' | 'POST';
  /** Escaped, with its query. */
  path: string;
  headers?: Record<string, string>;
  body?: Buffer;
  signal: AbortSignal;
}

interface CopypartyArchivesOptions {
  /** One exchange with copyparty; a body that is not wanted is destroyed. Rejects where there is no answer. */
  request: (exchange: ArchiveExchange) => Promise<{
    statusCode: number;
    headers: Record<string, string | string[] | undefined>;
    body: Readable;
  }>;
}

/** Listings and zips from copyparty, each answer checked for being one: it also answers with pages for people. */
export function createCopypartyArchives({ request }: CopypartyArchivesOptions): ArchiveUpstream {
  async function ask(exchange: ArchiveExchange, contentType: string): Promise<Readable> {
    const { statusCode, headers, body } = await request(exchange);
    const found = String(headers['content-type']).split(';', 1)[0];
    if (statusCode === 200 && found === contentType) return body;
    discard(body);
    throw new UpstreamArchiveError(`it answered ${statusCode} with ${found} instead of ${contentType}`);
  }

  return {
    async list(folderPath, signal) {
      const body = await ask({ method: 'GET', path: `${toUrlPath(folderPath)}?ls`, signal }, 'application/json');
      const listing = listingSchema.safeParse(JSON.parse(await readListing(body)));
      if (!listing.success) throw new UpstreamArchiveError('its listing of the folder has another shape');
      return listing.data;
    },

    async openZip(folderPath, names, signal) {
      const path = `${toUrlPath(folderPath)}?zip=utf-8`;
      const exchange =
        names === null
          ? ({ method: 'GET', path, signal } as const)
          : ({ method: 'POST', path, signal, ...(await toForm(names)) } as const);
      return ask(exchange, 'application/zip');
    },
  };
}

// Beside these each entry has its time and tags.
const listingSchema = z
  .object({
    files: z.array(z.object({ href: z.string(), sz: z.number() })),
    dirs: z.array(z.object({ href: z.string() })),
  })
  .transform(({ files, dirs }): FolderListing => ({
    files: files.map(({ href, sz }) => ({ name: toName(href), sizeBytes: sz })),
    folders: dirs.map(({ href }) => toName(href)),
  }));

// Of about 20,000 files: whoever has more in one folder does not wait for it.
const mostListingBytes = 4 * 1024 * 1024;

async function readListing(body: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    total += chunk.length;
    if (total > mostListingBytes) throw new UpstreamArchiveError('its listing of the folder is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** An answer that is given up in the middle ends with an error, which is no news to anybody. */
function discard(body: Readable): void {
  body.once('error', () => undefined);
  body.destroy();
}

/** An item has no name in a listing, only its address. A name that is no UTF-8 stays escaped, and is nobody's. */
function toName(href: string): string {
  const escaped = href.split('?', 1)[0]?.replace(/\/$/, '') ?? '';
  try {
    return decodeURIComponent(escaped);
  } catch {
    // Node knows no other way to learn that an escape is no UTF-8.
    return escaped;
  }
}

/** copyparty knows a folder by the slash at its end. */
function toUrlPath(folderPath: string): string {
  const path = folderPath.split('/').map(encodeURIComponent).join('/');
  return path.endsWith('/') ? path : `${path}/`;
}

async function toForm(names: readonly string[]): Promise<Pick<ArchiveExchange, 'headers' | 'body'>> {
  const form = new FormData();
  // It reads the fields in their order, and what is to be done has to come first.
  form.set('act', 'zip');
  form.set('files', names.map(encodeURIComponent).join('\n'));
  const encoded = new Response(form);
  const contentType = encoded.headers.get('content-type') ?? '';
  return { headers: { 'content-type': contentType }, body: Buffer.from(await encoded.arrayBuffer()) };
}
