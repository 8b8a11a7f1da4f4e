import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { isStorableText } from '../../base/text.ts';
import { searchTermsOf } from '../metadata/search-text.ts';
import { tagKeyOf } from './media-words.ts';
import type { MediaCriteria } from './sql/media-conditions.ts';

const maxSearchLength = 200;
const maxTags = 20;
const maxValues = 50;
const maxValueLength = 200;
const maxExtensionLength = 20;
const maxSteps = 10;
const maxPathLength = 4096;

/** What clients give of the criteria. */
export interface GivenCriteria extends Omit<MediaCriteria, 'terms' | 'tagKeys'> {
  /** An item has all of these. */
  tags?: readonly string[] | undefined;
  /** Words in any order, and phrases in quotation marks: an item has all of them. */
  search?: string | undefined;
}

/** Checks what clients gave, and brings it into the form in which it is compared. Throws InvalidInputError. */
export function toCriteria({ search, tags, ...others }: GivenCriteria): MediaCriteria {
  const { sha256, extensions, folder, hierarchy, camera } = others;
  if (search !== undefined && search.length > maxSearchLength) {
    throw invalid('search', `The search term has ${search.length} characters; at most ${maxSearchLength} are allowed.`);
  }
  if (search !== undefined && !isStorableText(search)) {
    throw invalid('search', 'The search term holds a NUL or half a character: give whole text.');
  }
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/i.test(sha256)) {
    throw invalid('sha256', `"${sha256.slice(0, 80)}" is no SHA-256: give 64 hexadecimal digits.`);
  }
  if ((tags?.length ?? 0) > maxTags) throw invalid('tags', `An item is asked for at most ${maxTags} tags at once.`);
  if (folder !== undefined) checkFolderPath('filter.folder.path', folder.path);
  for (const name of ['codecs', 'videoCodecs', 'audioCodecs'] as const) checkValues(name, others[name]);
  for (const name of ['make', 'model', 'lens'] as const) checkText(`camera.${name}`, camera?.[name], maxValueLength);
  if ((hierarchy?.length ?? 0) > maxSteps) {
    throw invalid('hierarchy', `A place in the hierarchy has at most ${maxSteps} levels.`);
  }
  for (const { level, value } of hierarchy ?? []) {
    checkText('hierarchy.level', level, maxValueLength);
    checkText('hierarchy.value', value, maxPathLength);
  }
  return {
    ...others,
    extensions: toExtensions(extensions),
    tagKeys: tags?.map(toTagKey),
    sha256: sha256?.toLowerCase(),
    terms: search === undefined ? undefined : searchTermsOf(search),
  };
}

/** Throws InvalidInputError for what cannot be the path of a folder, as it stands in the catalogue. */
export function checkFolderPath(field: string, path: string): void {
  if (path.length > maxPathLength || !isStorableText(path)) {
    throw new InvalidInputError(field, `A path has at most ${maxPathLength} whole characters, and no NUL.`);
  }
  const isPath = path === '' || path.split('/').every((name) => name !== '' && name !== '.' && name !== '..');
  if (isPath) return;
  const message =
    'Give the path from the root of the category, such as "2014/Rome": no slash at its beginning or its end, no "." and no ' +
    '".."; "" is the root itself.';
  throw new InvalidInputError(field, message);
}

function toExtensions(extensions: readonly string[] | undefined): string[] | undefined {
  checkCount('extensions', extensions);
  return extensions?.map((given) => {
    const extension = given.replace(/^\./, '');
    if (!isStorableText(extension) || !/^[^\s./\\]+$/.test(extension) || extension.length > maxExtensionLength) {
      const shown = given.slice(0, 80);
      throw invalid(
        'extensions',
        `"${shown}" is no extension: give one such as "jpg", at most ${maxExtensionLength} characters.`,
      );
    }
    // As both databases do it: the letters of ASCII alone.
    return extension.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  });
}

function checkValues(name: string, values: readonly string[] | undefined): void {
  checkCount(name, values);
  for (const value of values ?? []) checkText(name, value, maxValueLength);
}

function checkCount(name: string, values: readonly string[] | undefined): void {
  if ((values?.length ?? 0) <= maxValues) return;
  throw invalid(name, `\`${name}\` has ${values?.length} entries; at most ${maxValues} are compared at once.`);
}

function checkText(name: string, value: string | undefined, maxLength: number): void {
  if (value === undefined || (value !== '' && value.length <= maxLength && isStorableText(value))) return;
  throw invalid(name, `\`${name}\` is a text of 1 to ${maxLength} whole characters, without NUL.`);
}

function toTagKey(tag: string): string {
  const key = tagKeyOf(tag);
  if (key === null) throw invalid('tags', `"${tag.slice(0, 80)}" can be no tag: none is empty or so long.`);
  return key;
}

function invalid(name: string, message: string): InvalidInputError {
  return new InvalidInputError(`filter.${name}`, message);
}
