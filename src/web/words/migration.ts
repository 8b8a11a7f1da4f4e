import { bytes, moment, number } from './format.ts';
import { items } from './items.ts';

/** The earlier application's database, taken over. */
export const migrationTexts = {
  title: 'Migration',
  lead: 'Takes over models, tags and pictures of the earlier application. Its database and pictures are only read, and it can be run again at any time: what is here is left alone.',
  sources: {
    title: 'Database',
    none: 'No database was found.',
    noneLead:
      'LEGACY_ROOTS names the folders of this machine that a migration may read, such as a copy of the earlier application. It is set where the service is started.',
    facts: (size: number, at: string) => `${bytes(size)}, changed ${moment(at)}`,
  },
  pictures: {
    title: 'Folder of pictures',
    none: 'Without pictures',
    other: 'Another folder',
    path: 'Path of the folder',
  },
  mappings: {
    title: 'Where the files are now',
    lead: 'Each folder as the earlier application named it, and the same folder on this machine. Windows paths count in any case.',
    from: 'Was',
    fromHint: String.raw`Such as D:\ComfyUI\models`,
    to: 'Is now',
    toHint: 'Such as /srv/models',
    fromAt: (at: number) => `Folder ${number(at)} was`,
    toAt: (at: number) => `Folder ${number(at)} is now`,
    add: 'Add a folder',
    remove: (at: number) => `Remove folder ${number(at)}`,
    use: 'Use it',
    mapFor: (from: string, to: string) => `Map ${from} to ${to}`,
  },
  preview: {
    title: 'What it would find',
    reading: 'Reading the database',
    found: (models: number, tags: number) => `${items(models, 'model')} and ${items(tags, 'tag')}.`,
    hits: (models: number) => items(models, 'model'),
    noHits: 'No path begins so.',
    there: (found: number, checked: number) =>
      found === checked
        ? checked === 1
          ? 'its file is there'
          : `all ${number(checked)} files looked for are there`
        : `${number(found)} of ${number(checked)} files looked for are there`,
    outside: (count: number) =>
      `${number(count)} outside of the folders that are hashed: add the folder to MODEL_ROOTS, or choose one below a category`,
    example: (from: string, to: string) => `${from} → ${to}`,
    unmapped: (models: number) => `${items(models, 'model')} that no folder above fits`,
    unmappedFound: 'Their files are where they were.',
    folder: (path: string, models: number) => `${path}: ${items(models, 'model')}`,
    suggestion: (from: string, to: string) => `Files of ${from} were found in ${to}.`,
    stays: 'Without a folder they are taken over too, and wait for their files.',
  },
  start: (models: number) => `Take over ${items(models, 'model')}`,
  starting: 'Starting',
  account: 'What became of it',
  reasons: {
    title: 'What was left out or changed, by reason',
    count: number,
    more: 'Show each',
  },
  download: 'Download the report',
  pending: (count: number) => `Hash the ${items(count, 'model')} without a hash`,
  models: 'See the models',
  again: 'Start another',
} as const;
