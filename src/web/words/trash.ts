import { bytes, number } from './format.ts';
import { items } from './items.ts';

/** What was removed and what is missing, and forgetting it. */
export const trashTexts = {
  which: 'What is shown',
  tabs: { DELETED: 'Removed', MISSING: 'Missing' },
  missingEmpty: 'No file is missing.',
  missingLead: 'Files that scans did not find where they were. They come back by themselves when the files do.',
  purge: {
    open: 'Forget what is old…',
    title: 'Forget what is old',
    lead: 'Items that are removed or missing leave the catalogue with all that people said of them. No file is touched: one that is still there is a new item to the next scan.',
    since: 'Removed or missing for',
    ages: {
      0: 'any time',
      7: '7 days and more',
      30: '30 days and more',
      90: '90 days and more',
      365: 'a year and more',
    },
    which: 'Which',
    statuses: { DELETED: 'Removed', MISSING: 'Missing' },
    counting: 'Counting',
    nothing: 'Nothing is that old.',
    outcome: (count: number, size: number) =>
      `${items(count)} with ${bytes(size)} ${count === 1 ? 'is' : 'are'} forgotten.`,
    submit: (count: number) => `Forget ${items(count)}`,
    done: (count: number) => `${number(count)} forgotten`,
  },
} as const;
