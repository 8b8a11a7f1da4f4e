import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { builder } from './builder.ts';
import { ErrorInterface } from './error-interface.ts';
import { expectMediaNumber } from './expect-media-number.ts';
import { maxTagsOfItem } from '../../library/catalogue/media-words.ts';
import { MediaNotFoundError } from '../../library/catalogue/media-errors.ts';
import { MediaItem } from './media-item.schema.ts';

builder.objectType(MediaNotFoundError, {
  name: 'MediaNotFoundError',
  description: 'There is no media item with that ID.',
  interfaces: [ErrorInterface],
});

const UpdateMediaInput = builder.inputType('UpdateMediaInput', {
  description: 'A field that is left out keeps its value.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Of the item.' }),
    title: t.string({ description: 'Null returns to the title from the filename.' }),
    description: t.string({ description: 'Null removes it.' }),
    category: t.string({
      description: 'The category to show it under; null returns to that of its root. The file stays.',
    }),
    tags: t.stringList({ description: `Replaces all tags; null takes them away. An item has at most ${maxTagsOfItem}.` }),
    addTags: t.stringList({ description: 'Tags that it gets beside those that it has.' }),
    removeTags: t.stringList({ description: 'Tags that it loses; those that it has not do not matter.' }),
    favourite: t.boolean({ description: 'Null is false.' }),
    rating: t.int({ description: '1 to 5; null takes it away.' }),
    metadata: t.field({ type: 'JSON', description: 'An object that replaces what was stored; null empties it.' }),
  }),
});

builder.mutationFields((t) => ({
  updateMedia: t.field({
    type: MediaItem,
    description: 'Changes what people say about an item. No scan undoes it.',
    skipTypeScopes: true,
    authScopes: { editor: true },
    args: { input: t.arg({ type: UpdateMediaInput, required: true, description: 'Which item, and what to change.' }) },
    errors: {
      types: [MediaNotFoundError, InvalidInputError],
      union: { name: 'UpdateMediaResult', description: 'The item as it is now, or why nothing changed.' },
    },
    resolve: (_root, { input: { id, ...changes } }, { catalogue }) => catalogue.update(expectMediaNumber(id), changes),
  }),
}));
