import { builder } from './builder.ts';

export const MediaType = builder.enumType('MediaType', {
  description: 'What a category holds.',
  values: {
    VIDEO: { description: 'Films, episodes, clips.' },
    AUDIO: { description: 'Music, audio books, podcasts.' },
    IMAGE: { description: 'Photos and pictures.' },
  } as const,
});

export const MediaStatus = builder.enumType('MediaStatus', {
  description: 'Where an item stands.',
  values: {
    AVAILABLE: { description: 'The file was there when its root was last scanned.' },
    MISSING: { description: 'A complete scan did not find the file. It becomes available when the file comes back.' },
    DELETED: { description: 'A person removed the item. Scans leave it alone until it is restored.' },
  } as const,
});

export const StorageFormat = builder.enumType('StorageFormat', {
  description: 'How the files of a category belong together.',
  values: {
    COLLECTION: { description: 'Works that stand side by side, such as films.' },
    SERIES: { description: 'Parts in an order, such as episodes of seasons.' },
    GROUP: { description: 'Files that make up one thing, such as the tracks of an album.' },
    ITEM: { description: 'Each file by itself.' },
  } as const,
});

export const CompanionVisibility = builder.enumType('CompanionVisibility', {
  description: 'Whether a list has items that another one is shown for, such as the film of a Live Photo.',
  values: {
    SHOW: { description: 'Every item.' },
    HIDE: { description: 'Those that stand for themselves; the others are their companions.' },
  } as const,
});

export const MediaOrientation = builder.enumType('MediaOrientation', {
  description: 'Which side of a picture or a film is longer, as it is displayed.',
  values: {
    LANDSCAPE: { description: 'It is wider than high.' },
    PORTRAIT: { description: 'It is higher than wide.' },
    SQUARE: { description: 'It is as wide as high.' },
  } as const,
});

export const MediaResolution = builder.enumType('MediaResolution', {
  description: 'How large a picture or a film is: the largest that its longer side or its shorter side reaches.',
  values: {
    SD: { description: 'Smaller than HD.' },
    HD_720: { description: 'From 1280 or 720 pixels.' },
    HD_1080: { description: 'From 1920 or 1080 pixels.' },
    QHD_1440: { description: 'From 2560 or 1440 pixels.' },
    UHD_4K: { description: 'From 3840 or 2160 pixels.' },
    UHD_8K: { description: 'From 7680 or 4320 pixels.' },
  } as const,
});

export const ImageProxyState = builder.enumType('ImageProxyState', {
  description: 'How an image stands to the image proxies of a profile.',
  values: {
    NEEDED: { description: 'It is larger than the profile looks at, and has none of its present file.' },
    MADE: { description: 'It has one of its present file, for the profile as it is now.' },
  } as const,
});

export const OrderDirection = builder.enumType('OrderDirection', {
  description: 'Which way a list is sorted.',
  values: { ASC: { description: 'The smallest first.' }, DESC: { description: 'The largest first.' } } as const,
});

export const MediaOrderField = builder.enumType('MediaOrderField', {
  description: 'What a list of media can be sorted by. Ties are broken by the order in which items were catalogued.',
  values: {
    CREATED_AT: { description: 'When the item was catalogued.' },
    UPDATED_AT: { description: 'When the item last changed.' },
    MODIFIED_AT: { description: 'When the file was modified.' },
    CAPTURED_AT: { description: "When it was recorded, by the clock of the place; else the file's time." },
    DELETED_AT: { description: 'When a person removed it; items that are not deleted come before all others.' },
    MISSING_SINCE: { description: 'When a scan first missed its file; items that are not missing come before all others.' },
    TITLE: {
      description: 'The title, as people sort: E2 before E10, Äpfel beside Apfel, in any case.',
    },
    FILENAME: { description: 'The filename, byte by byte.' },
    PATH: { description: 'The path, folder by folder, each in the order of titles.' },
    HIERARCHY: {
      description: 'The folders, then season, episode, disc and track, then the name: the order in which a series or an album is played.',
    },
    SIZE: { description: "The file's size." },
    DURATION: { description: 'The duration; items without one come before the shortest.' },
    STATUS: { description: 'AVAILABLE, DELETED, MISSING: by name.' },
    RANDOM: { description: 'By chance, as the seed says.' },
  } as const,
});
