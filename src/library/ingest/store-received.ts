import type { Database } from '../../base/database/database.ts';
import { storeUpload } from './sql/store-upload.ts';
import { createFileDescriber } from '../metadata/describe-file.ts';
import { titleKeyOf } from '../metadata/sort-keys.ts';
import { searchTextOf } from '../metadata/search-text.ts';
import { signatureOf } from '../metadata/signature.ts';
import { checkMediaType } from './check-media-type.ts';
import type { DetectType } from './detect-by-headers.ts';
import { findKnownBytes, type KnownBytes } from './duplicates.ts';
import { freeNames } from './free-names.ts';
import type { HashAlike } from './hash-alike.ts';
import type { ReceivedFile } from './receive-upload.ts';
import { safeFilename } from './safe-filename.ts';
import type { CheckedDetails } from './upload-details.ts';
import type { PlacedFile, UploadTarget } from './upload-target.ts';

export interface StoreOptions {
  database: Database;
  mediaConfig: Parameters<typeof findKnownBytes>[1];
  target: UploadTarget;
  /** Detects what its first bytes do not show. */
  detectByHeaders: DetectType;
  hashAlike: HashAlike;
}

/** A file that was received whole and is to be catalogued. */
export interface Received {
  file: ReceivedFile;
  /** The name as it was sent. */
  filename: string;
  details: CheckedDetails;
}

export interface StoreOutcome {
  /** Id of the new item, or of the earlier one where nothing was stored. */
  id: number;
  isStored: boolean;
  /** Id of an earlier item with the same bytes. */
  duplicateOf: number | null;
}

/**
 * Checks, places and catalogues a received file. Whatever fails, the folder is left as it was. The row is committed last,
 * so it never describes a file that is not there.
 */
export async function storeReceived(options: StoreOptions, received: Received): Promise<StoreOutcome> {
  const { database, mediaConfig, target, detectByHeaders } = options;
  const { file, filename, details } = received;
  const { category, folder } = details;
  const name = await checkMediaType(file.path, safeFilename(filename), category, detectByHeaders, folder);
  await options.hashAlike(file);
  const known = await findKnownBytes(database, mediaConfig, file);
  const already = (await target.findPlaced?.(file, category, name, folder)) ?? null;
  if (already === null && known.earlier !== null && !details.allowDuplicate) return notStored(known.earlier);
  const placed =
    already ?? (await target.place(file, category, freeNames(database, category.key, name, folder), folder));
  const row = await storeRow(database, received, placed, known).catch(async (error: unknown) => {
    await placed.undo();
    throw error;
  });
  if ('duplicateOf' in row) {
    await placed.undo();
    return notStored(row.duplicateOf);
  }
  // The row must be on the disk before anything is removed by which the next start would find the file.
  await database.flush();
  await placed.settle?.();
  return { id: row.id, isStored: true, duplicateOf: known.earlier === row.id ? null : known.earlier };
}

function notStored(earlier: number): StoreOutcome {
  return { id: earlier, isStored: false, duplicateOf: earlier };
}

function storeRow(database: Database, { file, filename, details }: Received, placed: PlacedFile, known: KnownBytes) {
  const { relativePath, sizeBytes, modifiedNs } = placed;
  const { category, title, description, uploadedBy, allowDuplicate } = details;
  const signature = signatureOf(relativePath, sizeBytes, modifiedNs);
  const modifiedAtMs = Number(modifiedNs / 1_000_000n);
  const described = createFileDescriber(category)({ relativePath, sizeBytes, modifiedAtMs, signature });
  return storeUpload(database, {
    category,
    file: described,
    facts: {
      originalFilename: storableName(filename),
      sha256: file.sha256,
      title: title === null ? null : { text: title, key: titleKeyOf(title) },
      description,
      searchText: searchTextOf({ title: title ?? described.title, description, relativePath }),
      uploadedBy,
    },
    exceptIds: allowDuplicate ? 'all' : known.gone,
    now: new Date(),
  });
}

const maxOriginalNameLength = 1_000;

/** The name as it was sent, without what no database can hold. */
function storableName(filename: string): string | null {
  const name = filename.slice(0, maxOriginalNameLength).replaceAll(/\0|\p{Surrogate}/gu, '');
  return name === '' ? null : name;
}
