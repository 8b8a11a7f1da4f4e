import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { maxPageSize, toPageRequest } from '../../base/paging.ts';
import type { MediaFolder } from '../../library/catalogue/browsing/media-folders.ts';
import type { MediaRecord } from '../../library/catalogue/sql/media-rows.ts';
import { builder } from './builder.ts';
import { MediaStatus } from './media-enums.schema.ts';
import { MediaItem } from './media-item.schema.ts';
import { toConnection } from './to-connection.ts';

const maxCovers = 4;

const MediaFolderObject = builder.objectRef<MediaFolder>('MediaFolder').implement({
  description: 'A folder of the disk with media items below it.',
  fields: (t) => ({
    name: t.string({
      description: 'Its own name.',
      resolve: ({ path }) => path.slice(path.lastIndexOf('/') + 1),
    }),
    category: t.exposeString('category', { description: 'The key of the category whose root has it.' }),
    path: t.exposeString('path', { description: 'From the root, as `folders` and the filter `folder` take it.' }),
    itemCount: t.exposeInt('itemCount', { description: 'How many items lie below it, however deep.' }),
    sizeBytes: t.field({
      type: 'SafeInt',
      description: 'The size of their files.',
      resolve: ({ sizeBytes }) => sizeBytes,
    }),
    covers: t.field({
      type: [MediaItem],
      description: 'Items that can stand for it: the first ones by their paths. There may be none.',
      args: { first: t.arg.int({ description: `How many at most: 1 unless told otherwise, at most ${maxCovers}.` }) },
      async resolve(folder, { first }, { load }): Promise<MediaRecord[]> {
        const limit = first ?? 1;
        if (limit < 0 || limit > maxCovers) {
          throw new InvalidInputError('first', `\`first\` is ${limit}; 0 to ${maxCovers} covers are shown.`);
        }
        const ids = await load.coverIds(folder, limit);
        return Promise.all(ids.map((id) => load.mediaItem(id)));
      },
    }),
  }),
});

builder.queryField('folders', (t) =>
  t.connection(
    {
      type: MediaFolderObject,
      description:
        `The folders in a folder that have media items, in the order of their names as people sort: 50 a page unless told otherwise, at most ${maxPageSize}. ` +
        'What a scan finds is counted moments later.',
      args: {
        category: t.arg.string({ required: true, description: 'The key of the category whose root has the folder.' }),
        path: t.arg.string({
          required: true,
          defaultValue: '',
          description: 'From the root, such as "2014/Rome"; the root itself is "".',
        }),
        statuses: t.arg({ type: [MediaStatus], description: 'Which items count: any of these; left out: all but DELETED.' }),
      },
      resolve: async (_root, { category, path, statuses, ...page }, { catalogue }) =>
        toConnection(
          await catalogue.folders({ category, path, statuses: statuses ?? undefined }, toPageRequest(page)),
        ),
    },
    { name: 'MediaFolderConnection' },
    { name: 'MediaFolderEdge' },
  ),
);
