import { UpstreamArchiveError } from '../delivery/archives/archive-errors.ts';
import type { ArchiveUpstream } from '../delivery/archives/archive-upstream.ts';
import { discard, type Copyparty } from './copyparty.ts';
import { asFolder, listFolder } from './list-folder.ts';
import { mediaTypeOf } from './read-body.ts';

/** Listings and zips from copyparty. Each answer is checked for being one: it also answers with pages for people. */
export function createCopypartyArchives(copyparty: Pick<Copyparty, 'get' | 'post'>): ArchiveUpstream {
  return {
    list: (folderPath, signal) => listFolder(copyparty, folderPath, signal),

    async openZip(folderPath, names, signal) {
      const path = asFolder(folderPath);
      const request = { query: { zip: 'utf-8' }, signal } as const;
      const response = await (names === null
        ? copyparty.get(path, request)
        : copyparty.post(path, { ...request, ...(await toForm(names)) }));
      const found = mediaTypeOf(response);
      if (response.status === 200 && found === 'application/zip') return response.body;
      discard(response);
      throw new UpstreamArchiveError(`it answered ${response.status} with ${found} instead of application/zip`);
    },
  };
}

async function toForm(names: readonly string[]): Promise<{ contentType: string; body: Buffer }> {
  const form = new FormData();
  // Copyparty reads the fields in their order, and the action has to come first.
  form.set('act', 'zip');
  form.set('files', names.map(encodeURIComponent).join('\n'));
  const encoded = new Response(form);
  return {
    contentType: encoded.headers.get('content-type') ?? '',
    body: Buffer.from(await encoded.arrayBuffer()),
  };
}
