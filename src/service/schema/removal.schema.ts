import { MediaNotFoundError } from '../../library/catalogue/media-errors.ts';
import { MediaItem } from './media-item.schema.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { StorageError } from '../../base/errors/storage-error.ts';
import { builder } from './builder.ts';
import { expectMediaNumber } from './expect-media-number.ts';
import type { Deletion } from '../../library/removal/removal.ts';

const DeletionMode = builder.enumType('DeletionMode', {
  description: 'How far a deletion goes.',
  values: {
    SOFT: { description: 'The item is hidden and can be restored; its row and its file stay.' },
    HARD: { description: 'The item is no more.' },
  } as const,
});

const DeletedMedia = builder.objectRef<Deletion & { id: string }>('DeletedMedia').implement({
  description: 'What was deleted, and how far.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Of the item.' }),
    mode: t.expose('mode', { type: DeletionMode, description: 'Whether it can be restored.' }),
    fileRemoved: t.exposeBoolean('fileRemoved', {
      description:
        'Whether a file was removed. One that stays is found again by the next scan, unless the item is hidden.',
    }),
  }),
});

const DeleteMediaInput = builder.inputType('DeleteMediaInput', {
  description: 'Which item, and how far to go.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Of the item.' }),
    soft: t.boolean({ required: true, defaultValue: false, description: 'Only hide it: no scan brings it back.' }),
    removeFile: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Remove its file as well, if that is still the one that was catalogued. Not together with `soft`.',
    }),
  }),
});

builder.mutationFields((t) => ({
  deleteMedia: t.field({
    type: DeletedMedia,
    description: 'Takes an item away: for good, which administrators may, or so that it can be restored.',
    skipTypeScopes: true,
    authScopes: (_root, { input: { soft } }) => (soft ? { editor: true } : { admin: true }),
    args: { input: t.arg({ type: DeleteMediaInput, required: true, description: 'Which item, and how far to go.' }) },
    errors: {
      types: [MediaNotFoundError, StorageError, InvalidInputError],
      union: { name: 'DeleteMediaResult', description: 'What was done, or why nothing was.' },
    },
    resolve: async (_root, { input: { id, ...request } }, { removal }) => ({
      id,
      ...(await removal.delete(expectMediaNumber(id), request)),
    }),
  }),
  restoreMedia: t.field({
    type: MediaItem,
    description: 'Brings back an item that was deleted softly: as missing, where its file is not there.',
    skipTypeScopes: true,
    authScopes: { editor: true },
    args: { id: t.arg.id({ required: true, description: 'The `id` of a MediaItem.' }) },
    errors: {
      types: [MediaNotFoundError, StorageError],
      union: { name: 'RestoreMediaResult', description: 'The item as it is now, or why it stays as it was.' },
    },
    async resolve(_root, { id }, { removal, catalogue }) {
      const number = expectMediaNumber(id);
      await removal.restore(number);
      const item = await catalogue.find(number);
      if (item === null) throw new MediaNotFoundError(id);
      return item;
    },
  }),
}));
