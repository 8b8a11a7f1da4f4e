import { Mime } from 'mime/lite';
import otherTypes from 'mime/types/other.js';
import standardTypes from 'mime/types/standard.js';

/** Returns the media type of a file's extension, in upper or lower case; null for an unknown extension. */
export function mimeTypeOf(filename: string): string | null {
  const dot = filename.lastIndexOf('.');
  // A leading dot makes a hidden file, and the package would take a whole name without a dot for an extension.
  if (dot <= 0) return null;
  const extension = filename.slice(dot + 1);
  let type = known.get(extension);
  if (type === undefined) {
    type = mime.getType(extension);
    if (known.size < maxKnown) known.set(extension, type);
  }
  return type;
}

// A scan looks up every file, and the package, which takes the name apart with two regular expressions, is four times
// slower than this map. The bound is for libraries whose files end in anything at all.
const known = new Map<string, string | null>();
const maxKnown = 1000;

const mime = new Mime(standardTypes, otherTypes);

// Extensions of media that the registry lacks, or has under a name that players do not go by: FLAC by RFC 9639, and
// `mpc` is Musepack here, no Mophun certificate.
const corrections = {
  'audio/ac3': ['ac3'],
  'audio/eac3': ['eac3', 'ec3'],
  'audio/flac': ['flac'],
  'audio/x-ape': ['ape'],
  'audio/x-dff': ['dff'],
  'audio/x-dsf': ['dsf'],
  'audio/x-musepack': ['mpc', 'mp+', 'mpp'],
  'audio/x-tta': ['tta'],
  'audio/x-wavpack': ['wv'],
  'image/heif': ['hif'],
  'image/jpeg': ['jfif'],
  'image/vnd.radiance': ['hdr'],
  'image/x-canon-cr2': ['cr2'],
  'image/x-canon-cr3': ['cr3'],
  'image/x-exr': ['exr'],
  'image/x-fuji-raf': ['raf'],
  'image/x-nikon-nef': ['nef'],
  'image/x-nikon-nrw': ['nrw'],
  'image/x-olympus-orf': ['orf'],
  'image/x-panasonic-rw2': ['rw2'],
  'image/x-pentax-pef': ['pef'],
  'image/x-samsung-srw': ['srw'],
  'image/x-sony-arw': ['arw'],
  'image/x-xcf': ['xcf'],
  'video/mp4': ['insv'],
  'video/x-msvideo': ['divx'],
};
mime.define(corrections, true);
