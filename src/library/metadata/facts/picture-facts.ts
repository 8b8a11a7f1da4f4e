import type { PictureBytes } from '../../../base/pictures/picture-bytes.ts';
import type { PictureHeader } from '../../../base/pictures/picture-header.ts';
import { isRawName } from '../../../base/pictures/raw-name.ts';
import { sniffedBytes, sniffMagickFormat } from '../../../base/pictures/sniff-format.ts';
import { exifDates } from './exif-dates.ts';
import { exifCamera, exifLabels, exifPlace } from './exif-facts.ts';
import type { CaptureCandidate, MediaFacts } from './facts.ts';
import { readIptc } from './iptc.ts';
import { createNotes } from './notes.ts';
import { pictureHdr } from './picture-hdr.ts';
import { readPictureTags } from './picture-tags.ts';
import { readXmp } from './xmp.ts';
import { xmpDates, xmpFacts } from './xmp-facts.ts';

/** What the tags of a file say, before it is decided which of its times counts. */
export interface ReadFacts {
  facts: MediaFacts;
  dates: CaptureCandidate[];
}

type TaggedHeader = Pick<PictureHeader, 'format' | 'embedded'>;

/**
 * Reads the tags of a picture that is broken behind them, where its format has them in front of its pixels: those of
 * cameras, JPEG XL and JPEG 2000. Null for all others.
 */
export async function readPictureTagsAlone(bytes: PictureBytes, filename: string): Promise<ReadFacts | null> {
  const sniffed = sniffMagickFormat(bytes.read(0, sniffedBytes));
  const format = isRawName(filename) ? 'raw' : sniffed === 'JXL' || sniffed === 'JP2' ? 'jxl' : null;
  return format === null ? null : readPictureFacts(bytes, { format, embedded: null });
}

/**
 * Reads what EXIF, XMP and IPTC say of a picture; where they differ, EXIF counts for the camera and the place, and for
 * the rest XMP, which people's programs write, before IPTC. What is broken is left out, with a note.
 */
export async function readPictureFacts(bytes: PictureBytes, header: TaggedHeader): Promise<ReadFacts> {
  const notes = createNotes();
  const { tiff, xmp, iptc } = await readPictureTags(bytes, header);
  const properties = xmp === null ? new Map<string, string[]>() : readXmp(xmp, notes);
  const fromXmp = xmpFacts(properties, notes);
  const fromIptc = iptc === null ? { facts: {}, dates: [] } : readIptc(iptc, notes);
  const labels = exifLabels(tiff, notes);
  const camera = { ...fromXmp.camera, ...exifCamera(tiff, notes) };
  const place = exifPlace(tiff, notes) ?? fromXmp.place;
  const hdr = fromXmp.hdr ?? pictureHdr(bytes, header.format);
  const dates = [...exifDates(tiff, notes), ...xmpDates(properties, notes), ...fromIptc.dates];
  return {
    facts: {
      ...labels,
      ...fromIptc.facts,
      ...fromXmp,
      ...(Object.keys(camera).length > 0 && { camera }),
      ...(place !== undefined && { place }),
      ...(hdr !== undefined && { hdr }),
      notes: [...notes.list],
    },
    dates,
  };
}
