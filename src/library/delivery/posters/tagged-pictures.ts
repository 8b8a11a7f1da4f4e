import { type IPicture, parseFromTokenizer } from 'music-metadata';
import { fromBuffer } from 'strtok3';
import type { HeaderLimits } from '../../metadata/header-reader.ts';
import { HeaderTokenizer } from '../../metadata/header-tokenizer.ts';
import { readOggFlacHeader } from './ogg-flac-header.ts';

/** A picture in the tags of a file, and what the file says that it shows. */
export interface TaggedPicture {
  bytes: Uint8Array;
  /** The declared type, such as `Cover (front)`, or the name of an attachment, such as `cover.jpg`; '' for neither. */
  shows: string;
}

/**
 * Reads the pictures in the tags of sound (ID3, APEv2, Vorbis comments, MP4, ASF) and in the attachments of Matroska, in
 * their order. None where music-metadata does not know the file; those before the fault where it is broken.
 */
export async function readTaggedPictures(
  file: ConstructorParameters<typeof HeaderTokenizer>[0],
  limits: HeaderLimits,
): Promise<TaggedPicture[]> {
  const found = new Set<IPicture>();
  const keys = new Map<unknown, string>();
  const oggFlac = readOggFlacHeader(file.fd, limits.maxBytes);
  const tokenizer = oggFlac === null ? new HeaderTokenizer(file, limits) : fromBuffer(oggFlac);
  try {
    const metadata = await parseFromTokenizer(tokenizer, {
      // What was found before a fault or a limit counts.
      observer: ({ tag }) => {
        if (tag.type === 'common' && tag.id === 'picture') found.add(tag.value as IPicture);
      },
    });
    // APEv2 has the type in the key of the tag: `Cover Art (Front)`.
    for (const { id, value } of metadata.native['APEv2'] ?? []) keys.set(value, id);
  } catch {
    // The file is broken, of another format, or has no end: in each case its pictures are those that were found.
  }
  return [...found]
    .filter(({ data, format }) => data.length > 0 && format !== '-->') // a link in the place of a picture
    .map((picture) => ({ bytes: picture.data, shows: picture.type ?? keys.get(picture) ?? picture.name ?? '' }));
}
