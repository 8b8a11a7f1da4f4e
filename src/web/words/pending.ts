import { bytes, day, number } from './format.ts';
import { items } from './items.ts';

const orNone = (text: string | null) => (text === null ? 'none' : `“${text}”`);

/** The imports that wait for the hashes of their files, and what to do where a model has the hash already. */
export const pendingTexts = {
  title: 'Pending imports',
  lead: 'Records of the earlier application that wait for the SHA-256 of their files. Hashing makes each a model.',
  count: (count: number) => `${items(count, 'record')} waiting`,
  none: 'Nothing waits.',
  nothingMatches: 'Nothing matches.',
  search: 'Search by name or path',
  hashAll: (count: number) => `Hash ${items(count, 'file')}`,
  hashOne: 'Hash it',
  hashName: (name: string) => `Hash ${name}`,
  under: 'Hashing',
  nameless: 'Without a name',
  more: 'Show more',
  models: 'All models',
  was: (path: string) => `was ${path}`,
  pictures: (count: number) => items(count, 'picture'),
  bytes,
  conflicts: {
    title: 'Known already',
    lead: (count: number) =>
      `${items(count, 'import has', 'imports have')} the same bytes as a model that is here. Say what is to become of each.`,
    import: 'The import',
    model: 'The model that is here',
    name: 'Name',
    type: 'Type',
    size: 'Size',
    added: 'Added',
    path: 'Path',
    tags: 'Tags',
    pictures: 'Pictures',
    none: '–',
    decide: (name: string) => `What is to become of ${name}?`,
    day,
    number,
  },
  strategies: {
    REPORT: 'Leave it for now',
    IGNORE: 'Keep both',
    DELETE: 'Drop the import',
    MERGE: 'Merge into the model',
    OVERRIDE: 'Replace by the import',
  },
  effects: {
    stays: 'Both stay as they are.',
    again: 'The question is asked again when this page is opened anew.',
    remembers: 'The import remembers its hash, and stays in this list.',
    dropped: 'The import goes; the model keeps its hash and its place.',
    tags: (tags: readonly string[]) =>
      `The model also gets the ${tags.length === 1 ? 'tag' : 'tags'} ${tags.join(', ')}.`,
    noTags: 'The model has all its tags already.',
    pictures: (count: number) => `The model also gets ${items(count, 'picture')}.`,
    noPictures: 'There are no pictures to take over.',
    fieldsStay: 'Name, type and notes of the model stay.',
    replaced: (field: 'name' | 'type', from: string | null, to: string | null) =>
      `The ${field} ${orNone(from)} becomes ${orNone(to)}.`,
    notesReplaced: 'Path, date and notes become those of the import.',
    lost: (tags: number, pictures: number) =>
      tags + pictures === 0
        ? 'The import goes; the model has all that it had.'
        : `The import goes, with ${items(tags, 'tag')} that the model has not and ${items(pictures, 'picture')}.`,
    untouched: 'The model stays as it is.',
  },
} as const;
