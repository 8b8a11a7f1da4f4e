import type { UploadDetails } from '../../../library/ingest/upload-details.ts';

/** The fields of Upload-Metadata, decoded; a key without a value has null. */
type TusMetadata = Record<string, string | null> | undefined;

/** As the mutation has them, by the same names. */
export function detailsOf(metadata: TusMetadata): UploadDetails {
  const { category, title, description, uploadedBy, allowDuplicate } = metadata ?? {};
  // Clients send an empty text for a field that nobody filled in.
  return {
    category: category || null,
    title: title || null,
    description: description || null,
    uploadedBy: uploadedBy || null,
    allowDuplicate: allowDuplicate === 'true',
  };
}

/** Clients call it one or the other. */
export function filenameOf(metadata: TusMetadata): string {
  return metadata?.filename ?? metadata?.name ?? '';
}
