import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { maxPageSize, toPageRequest } from '../../base/paging.ts';
import { groupLevelsOf } from '../../library/catalogue/groups/group-levels.ts';
import type { GroupPlace, MediaGroup } from '../../library/catalogue/groups/name-group.ts';
import { builder } from './builder.ts';
import { Category } from './category.schema.ts';
import { MediaItem } from './media-item.schema.ts';
import { MediaItemConnection } from './media-query.schema.ts';
import { toConnection } from './to-connection.ts';

const maxCovers = 20;

const MediaGroupPlace = builder.objectRef<GroupPlace>('MediaGroupPlace').implement({
  description: 'A group that another one is in.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Given as `parent`, it means this group.' }),
    level: t.exposeString('level', { description: 'Such as "series".' }),
    value: t.exposeString('value', { nullable: true, description: 'As that of a MediaGroup.' }),
    title: t.exposeString('title', { description: 'For people.' }),
  }),
});

const MediaGroupObject = builder.objectRef<MediaGroup>('MediaGroup').implement({
  description: 'Available items that belong together: a series, a season, an artist, an album …',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Given as `parent`, it means this group.' }),
    level: t.exposeString('level', { description: 'Such as "season".' }),
    value: t.exposeString('value', {
      nullable: true,
      description:
        'What `hierarchy` of its items says of this level, or their tags; null for a season that only the names of files know.',
    }),
    title: t.exposeString('title', { description: 'For people.' }),
    seasonNumber: t.exposeInt('seasonNumber', {
      nullable: true,
      description: 'Of a season, where the names of files or folders tell; 0 for specials.',
    }),
    path: t.expose('path', { type: [MediaGroupPlace], description: 'The groups that it is in, from the top.' }),
    nextLevel: t.exposeString('nextLevel', {
      nullable: true,
      description: 'The level of the groups in it; null where there are only items.',
    }),
    itemCount: t.int({ description: 'How many items it has.', resolve: (group, _args, { load }) => load.groupCount(group) }),
    childCount: t.int({
      nullable: true,
      description: 'How many groups of the next level it has; null where there is none.',
      resolve: (group, _args, { load }) => load.childCount(group),
    }),
    sizeBytes: t.field({
      type: 'SafeInt',
      description: 'What its items take together. It costs what there are items.',
      resolve: async (group, _args, { load }) => (await load.groupSums(group)).sizeBytes,
    }),
    durationSeconds: t.float({
      description: 'How long its items play together, as far as that is known. It costs what there are items.',
      resolve: async (group, _args, { load }) => (await load.groupSums(group)).durationSeconds,
    }),
    firstItem: t.field({
      type: MediaItem,
      nullable: true,
      description: 'What is played first.',
      resolve: async (group, _args, { load }) => (await load.firstOfGroup(group, 1))[0] ?? null,
    }),
    covers: t.field({
      type: [MediaItem],
      description: 'Its first items, for their pictures.',
      args: { first: t.arg.int({ required: true, defaultValue: 4, description: `How many at most: 1 to ${maxCovers}.` }) },
      resolve: (group, { first }, { load }) => {
        if (first < 1 || first > maxCovers) {
          throw new InvalidInputError('first', `\`first\` is ${first}; a group has 1 to ${maxCovers} covers.`);
        }
        return load.firstOfGroup(group, first);
      },
    }),
    items: t.connection(
      {
        type: MediaItem,
        description: `Its items in the order in which they are played, a page at a time: 50 unless told otherwise, at most ${maxPageSize}.`,
        resolve: async (group, page, { groups }) => toConnection(await groups.itemsOf(group, toPageRequest(page))),
      },
      MediaItemConnection,
    ),
  }),
});

builder.objectField(Category, 'groupLevels', (t) =>
  t.stringList({
    description:
      'The levels of its groups, from the top: of `hierarchy` in the configuration all but the last, of music without one `artist` and `album`, else none.',
    resolve: ({ key }, _args, { mediaConfig }) => {
      const category = mediaConfig.findCategory(key);
      return category === undefined ? [] : groupLevelsOf(category).map(({ name }) => name);
    },
  }),
);

builder.queryField('group', (t) =>
  t.field({
    type: MediaGroupObject,
    nullable: true,
    description: 'One of the `groups`, by its key; null where it has no available items (any more).',
    args: {
      category: t.arg.string({ required: true, description: 'The key of the category that the group belongs to.' }),
      key: t.arg.string({ required: true, description: 'The `key` of the group.' }),
    },
    resolve: (_root, { category, key }, { groups }) => groups.find(category, key),
  }),
);

builder.queryField('groups', (t) =>
  t.connection(
    {
      type: MediaGroupObject,
      description: `Series, seasons, artists, albums, as people sort: 50 unless told otherwise, at most ${maxPageSize}. An item is in the groups that the folders of its path name, or its tags.`,
      args: {
        category: t.arg.string({ required: true, description: 'The key of a category that has `groupLevels`.' }),
        level: t.arg.string({ description: 'One of these; left out: the one below the parent, or the first.' }),
        parent: t.arg.string({ description: 'The `key` of a group: those in it; left out: all groups of the level.' }),
      },
      resolve: async (_root, { category, level, parent, ...page }, { groups }) => {
        const request = { category, level: level ?? null, parent: parent ?? null };
        return toConnection(await groups.list(request, toPageRequest(page)));
      },
    },
    {
      name: 'MediaGroupConnection',
      fields: (connection) => ({
        totalCount: connection.int({
          description: 'How many groups there are, on all pages.',
          resolve: ({ totalCount }) => totalCount(),
        }),
      }),
    },
    { name: 'MediaGroupEdge' },
  ),
);
