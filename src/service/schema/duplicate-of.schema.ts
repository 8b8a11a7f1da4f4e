import { MediaItem } from './media-item.schema.ts';
import type { MediaRecord } from '../../library/catalogue/sql/media-rows.ts';
import { builder } from './builder.ts';

/** An item that may be the answer to an upload, and then says whether the bytes were here already. */
type AnsweredItem = MediaRecord & { duplicateOf?: MediaRecord | null };

builder.objectField(MediaItem, 'duplicateOf', (t) =>
  t.field({
    type: MediaItem,
    nullable: true,
    description:
      'The earliest item with the same bytes, as far as their SHA-256 are known. In the answer to an upload that was not ' +
      'stored, because its bytes were here already: the item itself.',
    async resolve(item: AnsweredItem, _args, { load }) {
      if (item.duplicateOf !== undefined) return item.duplicateOf;
      const earliest = item.sha256 === null ? null : await load.earliestOfHash(item.sha256);
      return earliest !== null && earliest.id < item.id ? earliest : null;
    },
  }),
);
