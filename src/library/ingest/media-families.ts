import type { MediaType } from '../../base/config/media-config.ts';

// Extensions for one kind of content, as far as its first bytes show.
const families = [
  'jpg jpeg jpe jfif',
  'png apng',
  'tif tiff 3fr arw cr2 dng erf iiq kdc mef mos nef nrw orf pef rw2 rwl sr2 srf srw',
  'heic heif hif',
  'jp2 j2k j2c jpc jpf jpx',
  'jxr wdp hdp',
  'mp4 m4v f4v m4a m4b m4r',
  'mov qt',
  '3gp 3gpp',
  '3g2 3gp2',
  'mpg mpeg mpe m1v m2v vob',
  'ts mts m2ts m2t',
  'mkv mk3d mka',
  'avi divx',
  'ogg oga ogv ogm ogx opus spx',
  'asf wma wmv',
  'rm rmvb ra',
  'mp3 mp2 mpga',
  'mpc mpp mp+',
  'wav wave',
  'aif aiff aifc',
  'mid midi',
  'ac3 eac3',
].map((family) => family.split(' '));

/** Extensions that mean sound in a container that holds sound or video. */
const soundNames = new Set(['m4a', 'm4b', 'm4r', 'mka', 'ogg', 'oga', 'opus', 'spx', 'wma', 'ra', 'weba']);
const containers = new Set([
  'application/ogg',
  'application/vnd.ms-asf',
  'application/vnd.rn-realmedia',
  'video/matroska',
  'video/mp4',
  'video/ogg',
  'video/webm',
  'video/x-ms-asf',
]);

/** Extensions that name a kind of content more narrowly than people and default patterns do. */
const usualExtensions: Record<string, string | undefined> = { apng: 'png', j2c: 'j2k' };

/** The extension by which content of a detected kind is usually stored. */
export function usualExtension(detected: string): string {
  return usualExtensions[detected] ?? detected;
}

/** Whether two extensions, in lower case, are names for the same kind of content. */
export function areSynonyms(one: string, other: string): boolean {
  return one === other || families.some((family) => family.includes(one) && family.includes(other));
}

/** The media types that content of that type, in a file with that extension, can have. */
export function mediaTypesOf(detectedType: string, extension: string): MediaType[] {
  const type = detectedType.split(';', 1)[0] ?? '';
  if (type.startsWith('image/')) return ['IMAGE'];
  if (type.startsWith('audio/')) return ['AUDIO'];
  if (containers.has(type) && soundNames.has(extension)) return ['AUDIO'];
  return type.startsWith('video/') || containers.has(type) || type === 'application/mxf' ? ['VIDEO'] : [];
}
