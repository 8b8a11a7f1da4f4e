import type { PictureBytes } from '../../../base/pictures/picture-bytes.ts';
import type { PictureHeader } from '../../../base/pictures/picture-header.ts';
import { exifDates } from './exif-dates.ts';
import { exifCamera, exifLabels, exifPlace } from './exif-facts.ts';
import type { CaptureCandidate, MediaFacts } from './facts.ts';
import { createNotes } from './notes.ts';
import { readPictureTags } from './picture-tags.ts';

/** What the tags of a file say, before it is decided which of its times counts. */
export interface ReadFacts {
  facts: MediaFacts;
  dates: CaptureCandidate[];
}

/** Reads what EXIF, XMP and IPTC say of a picture. What is broken in them is left out, with a note. */
export async function readPictureFacts(bytes: PictureBytes, header: PictureHeader): Promise<ReadFacts> {
  const notes = createNotes();
  const { tiff } = await readPictureTags(bytes, header);
  const dates = exifDates(tiff, notes);
  const facts: MediaFacts = {
    ...withMember('camera', exifCamera(tiff, notes)),
    ...withMember('place', exifPlace(tiff, notes)),
    ...exifLabels(tiff, notes),
    notes: [...notes.list],
  };
  return { facts, dates };
}

function withMember<K extends keyof MediaFacts>(name: K, value: MediaFacts[K]): MediaFacts {
  return value === undefined ? {} : { [name]: value };
}
