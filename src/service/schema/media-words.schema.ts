import { maxPageSize } from '../../base/paging.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import type { CountedTag } from '../../library/catalogue/sql/media-tags.ts';
import type { MediaRecord } from '../../library/catalogue/sql/media-rows.ts';
import { builder } from './builder.ts';
import { MediaItem } from './media-item.schema.ts';

const MediaTag = builder.objectRef<CountedTag>('MediaTag').implement({
  description: 'A word that people gave media items.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As it was first given: `sea`, `Sea` and `SEA` are one tag.' }),
    itemCount: t.int({
      description: 'How many items have it, deleted ones left out.',
      resolve: ({ id }, _args, { load }) => load.countTagged(id),
    }),
  }),
});

builder.objectFields(MediaItem, (t) => ({
  tags: t.stringList({
    description: 'The tags that people gave it, by name. Those inside the file are `facts.keywords`.',
    resolve: ({ id }: MediaRecord, _args, { load }) => load.tagsOfMedia(id),
  }),
  favourite: t.boolean({ description: 'Whether people marked it.', resolve: ({ favourite }: MediaRecord) => favourite }),
  rating: t.int({
    nullable: true,
    description: 'The rating that people gave it, 1 to 5; that inside the file is `facts.rating`.',
    resolve: ({ rating }: MediaRecord) => rating,
  }),
}));

builder.queryField('mediaTags', (t) =>
  t.field({
    type: [MediaTag],
    description: 'The tags that items have, by name: 50 unless told otherwise.',
    args: {
      search: t.arg.string({ description: 'A part of the name, without regard to case and accents.' }),
      first: t.arg.int({ description: `At most ${maxPageSize}.` }),
    },
    resolve: (_root, { search, first }, { catalogue }) => {
      const limit = first ?? 50;
      if (limit < 0 || limit > maxPageSize) {
        throw new InvalidInputError('first', `\`first\` is ${limit}; 0 to ${maxPageSize} tags are listed.`);
      }
      return catalogue.listTags(search, limit);
    },
  }),
);
