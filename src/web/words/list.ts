import { day, number, section } from './format.ts';
import { items } from './items.ts';

const things = { IMAGE: ['photo', 'photos'], VIDEO: ['film', 'films'], AUDIO: ['track', 'tracks'] } as const;

/** Lists of media, their places, and what is done to a selection. */
export const list = {
  list: {
    count: (count: number, type?: keyof typeof things) => (type ? items(count, ...things[type]) : items(count)),
    label: (title: string, count: number) => `${title}, ${items(count)}`,
    section,
    empty: {
      library: 'The library is empty. Items appear here once their folders are scanned.',
      category: (label: string) => `Nothing in ${label} yet. Its items appear here once its folder is scanned.`,
      filtered: 'Nothing matches.',
      trash: 'Nothing was removed.',
      favourites: 'No favourites yet. Press B on an item to make it one.',
    },
    clear: (count: number) => `Clear ${items(count, 'filter')}`,
    failed: 'This part of the list could not be loaded.',
    retry: 'Try again',
    fresh: (count: number) => `${number(count)} new`,
    refresh: 'Show what changed',
    scrubber: 'Place in the list',
    offline: (label: string) =>
      `The disk of ${label} is away. Its pictures come from the cache; films cannot be played.`,
  },
  bar: {
    search: 'Search',
    clearSearch: 'Clear the search',
    filters: 'Filters',
    sort: 'Order',
    ascending: 'First to last',
    descending: 'Last to first',
    layout: 'Layout',
    zoomIn: 'Larger tiles',
    zoomOut: 'Smaller tiles',
    remove: (name: string) => `Remove the filter ${name}`,
    sorts: {
      CAPTURED_AT: 'When taken',
      CREATED_AT: 'When added',
      MODIFIED_AT: 'When changed',
      TITLE: 'Title',
      PATH: 'Folder and name',
      HIERARCHY: 'Series, season, album',
      SIZE: 'Size',
      DURATION: 'Length',
      RANDOM: 'Shuffled',
    },
    layouts: { grid: 'Grid', table: 'Table' },
    types: { IMAGE: 'Photos', VIDEO: 'Films', AUDIO: 'Music' },
    statuses: { AVAILABLE: 'There', MISSING: 'Missing', DELETED: 'Removed' },
    type: 'Kind',
    status: 'Files',
    favourite: 'Favourites',
    rating: (stars: number) => `${'★'.repeat(stars)} and more`,
    ratings: 'Rating',
    tags: 'Tags',
    tagsHint: 'Add a tag',
    taken: 'Taken',
    from: 'From',
    to: 'To',
    range: (from: string | undefined, to: string | undefined) =>
      from === undefined
        ? `until ${day(to ?? '')}`
        : to === undefined
          ? `since ${day(from)}`
          : `${day(from)} – ${day(to)}`,
  },
  places: {
    folders: 'Folders',
    groups: 'Groups',
    path: 'Where this is',
    more: 'Show more',
    emptyFolder: 'This folder has no media of its own.',
    emptyGroups: (label: string) => `${label} has no series, seasons or albums yet.`,
  },
  table: { title: 'Title', taken: 'Taken', size: 'Size', length: 'Length', rating: 'Rating', place: 'Where it lies' },
  item: {
    open: (title: string) => `Open ${title}`,
    select: (title: string) => `Select ${title}`,
    favourite: 'Favourite',
    missing: 'The file is missing.',
    deleted: 'Removed',
  },
  selection: {
    count: (count: number) => `${items(count)} selected`,
    clear: 'Clear the selection',
    all: 'Select all',
    favourite: 'Make favourite',
    unfavourite: 'No favourite',
    rate: 'Rate',
    stars: (stars: number) => items(stars, 'star'),
    noStars: 'No stars',
    tag: 'Tags',
    addTag: 'Add tag',
    removeTag: 'Remove tag',
    hide: 'Remove',
    restore: 'Restore',
    download: 'Download',
    links: 'Copy links',
    more: 'More',
  },
} as const;
