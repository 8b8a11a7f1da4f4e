import { UnknownCategoryError } from '../../library/catalogue/media-errors.ts';
import { MediaItem } from './media-item.schema.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { StorageError } from '../../base/errors/storage-error.ts';
import { builder } from './builder.ts';
import { ErrorInterface } from './error-interface.ts';
import { FileTooLargeError, UnsupportedMediaError } from '../../library/ingest/ingest-errors.ts';

builder.objectType(UnsupportedMediaError, {
  name: 'UnsupportedMediaError',
  description: 'The file is no medium of its category.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    detectedType: t.exposeString('detectedType', {
      nullable: true,
      description: 'What the file is by its content, such as video/mp4; null where that is of no known kind.',
    }),
  }),
});

builder.objectType(FileTooLargeError, {
  name: 'FileTooLargeError',
  description: 'The file has more bytes than are accepted.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    maxBytes: t.expose('maxBytes', { type: 'SafeInt', description: 'The most that are.' }),
  }),
});

const UploadMediaInput = builder.inputType('UploadMediaInput', {
  description: 'A file, and what is said about it.',
  fields: (t) => ({
    file: t.field({ type: 'Upload', required: true, description: 'A video, sound or picture, as the category holds.' }),
    category: t.string({ description: 'The key of the category; left out, the default one.' }),
    title: t.string({ description: 'Left out or empty: from the filename.' }),
    description: t.string({ description: 'What a person has to say about it.' }),
    uploadedBy: t.string({ description: 'Who sends it. Where the caller is known, that one counts.' }),
    allowDuplicate: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Store the file also where an item has the same bytes.',
    }),
  }),
});

builder.mutationFields((t) => ({
  uploadMedia: t.field({
    type: MediaItem,
    description:
      'Takes in a file, sent beside the operation as the GraphQL multipart request specification has it. Where an item ' +
      'has the same bytes, nothing is stored: that item is the answer, and its `duplicateOf` says so.',
    skipTypeScopes: true,
    authScopes: { editor: true },
    args: { input: t.arg({ type: UploadMediaInput, required: true, description: 'The file and its details.' }) },
    errors: {
      types: [UnknownCategoryError, UnsupportedMediaError, FileTooLargeError, InvalidInputError, StorageError],
      union: { name: 'UploadMediaResult', description: 'The item, or why there is none.' },
    },
    async resolve(_root, { input: { file, ...details } }, { ingest, viewer }) {
      const uploadedBy = viewer === null || viewer.source === 'OPEN' ? details.uploadedBy : viewer.name;
      const { item, duplicateOf } = await ingest.upload(file, { ...details, uploadedBy });
      return { ...item, duplicateOf };
    },
  }),
}));
