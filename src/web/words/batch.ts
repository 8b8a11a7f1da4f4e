import { bytes, number } from './format.ts';
import { items } from './items.ts';

/** What is done to many items at once, beside what the bar of the selection offers itself. */
export const batchTexts = {
  menu: 'More',
  cancel: 'Cancel',
  close: 'Close',
  proxies: 'Image proxies…',
  analysis: 'Hand over for analysis…',
  hash: 'Calculate SHA-256',
  category: 'Category…',
  titles: 'Titles and descriptions…',
  deleteForGood: 'Delete for good…',
  profile: 'For',
  force: 'Make those again that are there',
  look: {
    title: 'Image proxies',
    looking: (done: number, total: number | null) =>
      total === null ? `Looking: ${number(done)}` : `Looking: ${number(done)} of ${number(total)}`,
    outcome: (need: number, looked: number, proxyBytes: number, originalBytes: number) =>
      need === 0
        ? `None of ${items(looked, 'photo')} needs one.`
        : `${number(need)} of ${items(looked, 'photo')} ${need === 1 ? 'needs' : 'need'} one, about ${bytes(proxyBytes)} instead of ${bytes(originalBytes)}.`,
    make: (count: number) => `Make ${items(count, 'proxy', 'proxies')}`,
  },
  handOver: {
    title: 'Hand over for analysis',
    lead: (count: number) =>
      `Each of ${items(count, 'photo')} is uploaded to the object storage, as its proxy where it needs one. Anybody who has a link can fetch it while the link lasts.`,
    tooMany: (most: number) => `Select ${number(most)} photos at most.`,
    start: (count: number) => `Hand over ${items(count, 'photo')}`,
    progress: (done: number, count: number) => `${number(done)} of ${items(count, 'photo')}`,
    link: (size: number, isProxy: boolean) => `${isProxy ? 'Proxy' : 'Original'}, ${bytes(size)}`,
    copyAll: 'Copy all links',
    copied: 'Copied',
    list: 'Links',
    none: 'Nothing that is selected is a photo.',
  },
  move: {
    title: 'Category',
    lead: 'The items are shown under it. Their files stay where they are.',
    label: 'Show them under',
    ofRoot: 'The category of their folder',
    submit: (count: number) => `Change ${items(count)}`,
  },
  words: {
    title: 'Titles and descriptions',
    pattern: 'Title pattern',
    hint: '{name} is the name of the file, {title} the title now, {n} the number ({nnn}: 001), {date} the day, {folder} the folder. Leave it empty to keep the titles.',
    description: 'Description of each',
    descriptionHint: 'Leave it empty to keep the descriptions.',
    unknown: (parts: readonly string[]) => `${parts.join(', ')} means nothing here.`,
    preview: 'The first five',
    tooMany: (most: number) => `Select ${number(most)} items at most.`,
    submit: (count: number) => `Change ${items(count)}`,
    running: (done: number, count: number) => `Changing ${number(done)} of ${number(count)}`,
    done: (count: number) => `${items(count)} changed`,
    failed: (count: number, why: string) => `${items(count)} could not be changed: ${why}`,
    undo: 'Undo',
    stop: 'Stop',
  },
  destroy: {
    title: 'Delete for good',
    lead: (count: number) =>
      `${items(count)} ${count === 1 ? 'leaves' : 'leave'} the catalogue with all that people said of ${count === 1 ? 'it' : 'them'}. Nothing brings ${count === 1 ? 'it' : 'them'} back.`,
    files: 'Remove the files from the disk too',
    changed: 'There are more or fewer by now. Nothing was deleted: look at the number again.',
    filesStay: 'The files stay on the disk: the next scan finds them as new.',
    submit: (count: number) => `Delete ${items(count)}`,
  },
  typed: (count: number) => `Type ${number(count)} to go on`,
} as const;
