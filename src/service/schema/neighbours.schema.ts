import { builder } from './builder.ts';
import { MediaItem } from './media-item.schema.ts';

const playedWith =
  'in its series, on its album, or, where the category has no levels, in its folder. Null at the end, and for films and pictures that stand side by side.';

builder.objectFields(MediaItem, (t) => ({
  next: t.field({
    type: MediaItem,
    nullable: true,
    description: `What is played after it: the next available item ${playedWith}`,
    resolve: ({ id }, _args, { load }) => load.neighbour(id, 'next'),
  }),
  previous: t.field({
    type: MediaItem,
    nullable: true,
    description: `What is played before it: the available item before it ${playedWith}`,
    resolve: ({ id }, _args, { load }) => load.neighbour(id, 'previous'),
  }),
}));
