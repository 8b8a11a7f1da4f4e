import { bytes, number } from './format.ts';
import { items } from './items.ts';

/** Items whose bytes are there several times. */
export const duplicateTexts = {
  title: 'Duplicates',
  lead: (groups: number, wasted: number) =>
    `${items(groups, 'group')} of items with the same bytes; all but one of each take ${bytes(wasted)}.`,
  hint: 'The service knows the bytes of files that were hashed. Select items and choose “Calculate SHA-256” to look at more.',
  empty: 'No two items have the same bytes, as far as they were hashed.',
  group: (count: number, size: number) => `${items(count, 'copy', 'copies')} of ${bytes(size)}`,
  wasted: (size: number) => `${bytes(size)} too much`,
  keep: 'Keep this one',
  kept: (count: number) => `Keeps this and removes ${items(count, 'copy', 'copies')}`,
  ignore: 'Leave them',
  ignored: (count: number) => `Show ${number(count)} that you left`,
  more: 'Show more',
  moreCopies: (count: number) => `and ${number(count)} more`,
  facts: { category: 'Category', path: 'Where it lies', added: 'Added', changed: 'File changed', by: 'Uploaded by' },
  rating: (stars: number) => '★'.repeat(stars),
  open: (title: string) => `Open ${title}`,
} as const;
