import { posix } from 'node:path';

/** What the name of a picture or film says of those that it was made together with. */
export interface GroupName {
  /** The same for all files of a folder that may belong together. */
  key: string;
  /** All of these names begin with one of these texts; others may too. */
  prefixes: string[];
  /** The picture that its program shows of several: `_COVER`, `.COVER`. */
  isCover: boolean;
  /** What a picture was made from: `.ORIGINAL`. */
  isOriginal: boolean;
  /** What Apple's Photos exports beside the picture as it was taken: `IMG_E1234`. */
  isEdited: boolean;
  isBurst: boolean;
}

const plain = { isCover: false, isOriginal: false, isEdited: false, isBurst: false };

/** Reads the name of a file without its folder. */
export function readGroupName(filename: string): GroupName {
  const { name } = posix.parse(filename);
  return readBurst(name) ?? readPixel(name) ?? readApple(name) ?? { ...plain, ...named(stemOf(name)) };
}

/**
 * Phones of Huawei count the pictures of a burst (`IMG_20231014_183246_BURST001_COVER`); those of Google and Sony give all the
 * same time (`00001IMG_00001_BURST20171111030039905`, `DSC_0002_BURST20230709220904977_COVER`), behind a number of their own.
 */
function readBurst(name: string): GroupName | null {
  const [, before, digits, cover] = /^(.*?_)?BURST(\d{1,20})(_COVER)?$/i.exec(name) ?? [];
  if (digits === undefined) return null;
  const parts = { ...plain, isBurst: true, isCover: cover !== undefined };
  const start = before ?? '';
  const word = name.slice(start.length, start.length + 'BURST'.length);
  if (digits.length < 8) return { ...parts, key: `${start}${word}`, prefixes: [`${start}${word}`] };
  // What all begin with is what stands before the first number, or its zeros.
  const common = /^0{2,3}/.exec(start)?.[0] ?? /^[A-Za-z_-]*/.exec(start)?.[0] ?? '';
  return { ...parts, key: `${word}${digits}`, prefixes: [`${common}${start === '' ? word : ''}`] };
}

/** `PXL_20231026_205755225.MP`, `.RAW-01.COVER`, `.RAW-02.ORIGINAL`, `.NIGHT` and so on. */
function readPixel(name: string): GroupName | null {
  const [, key, rest] = /^(PXL_\d{8}_\d{6,9})\.(.+)$/i.exec(name) ?? [];
  if (key === undefined || rest === undefined) return null;
  return { ...plain, ...named(key), isCover: /\.COVER$/i.test(rest), isOriginal: /\.ORIGINAL$/i.test(rest) };
}

function readApple(name: string): GroupName | null {
  const [, start, edited, rest] = /^(IMG_)(E?)(\d{4}(?: ?\(\d+\))?)(?:_HEVC)?$/i.exec(name) ?? [];
  if (start === undefined || rest === undefined) return null;
  const letter = start === start.toLowerCase() ? 'e' : 'E';
  const names = [`${start}${rest}`, `${start}${letter}${rest}`];
  const prefixes = names.flatMap((each) => named(each).prefixes);
  return { ...plain, key: `${start}${rest}`, prefixes, isEdited: edited !== '' };
}

/** What stands behind is that of other programs: `_HEVC` of icloudpd, `.MP` of Google, `.JPG` before `.MOV`. */
function stemOf(name: string): string {
  return name.replace(/(?:_HEVC|\.MP|\.(?:heic|heif|jpe?g))$/i, '') || name;
}

function named(key: string): Pick<GroupName, 'key' | 'prefixes'> {
  return { key, prefixes: [`${key}.`, `${key}_HEVC.`] };
}
