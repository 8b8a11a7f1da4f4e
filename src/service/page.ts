import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readManifest, type PersistedOperations } from './graphql/persisted/read-manifest.ts';

/** The folder of the built page, as `npm run build` leaves it beside the sources and beside the compiled ones. */
export const pageFolder = fileURLToPath(new URL('../../dist/web', import.meta.url));

/** The page as it was built: nothing of it is known here but where it lies, and what it asks. */
export interface Page {
  folder: string;
  /** The text of index.html. */
  html: string;
  /** The documents that it names by their hashes. */
  operations: PersistedOperations;
}

/** Reads the page; null where it was not built. Throws PersistedOperationsError for a damaged list of documents. */
export async function findPage(folder: string): Promise<Page | null> {
  let html: string;
  try {
    html = await readFile(join(folder, 'index.html'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return { folder, html, operations: await readManifest(join(folder, 'persisted-documents.json')) };
}
