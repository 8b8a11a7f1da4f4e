import { UnknownCategoryError } from '../../library/catalogue/media-errors.ts';
import { MediaItem } from './media-item.schema.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { StorageError } from '../../base/errors/storage-error.ts';
import type { MediaRecord } from '../../library/catalogue/sql/media-rows.ts';
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
    folder: t.string({
      description:
        'Where to place it below the root of the category, such as `Trips/2024`; what is missing of it is made. Left out or empty: in the root.',
    }),
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

const ExistingUploadType = builder.objectRef<{ sha256: string; item: MediaRecord }>('ExistingUpload').implement({
  description: 'Bytes that are here already.',
  fields: (t) => ({
    sha256: t.exposeString('sha256', { description: 'Of the bytes, as it was asked for.' }),
    item: t.field({
      type: MediaItem,
      description: 'The earliest item that has them.',
      resolve: ({ item }) => item,
    }),
  }),
});

builder.queryField('existingUploads', (t) =>
  t.field({
    type: [ExistingUploadType],
    description:
      'Which of these bytes are here already, as far as the SHA-256 of available items are known, so that nobody sends ' +
      'them again; those that are not are left out.',
    authScopes: { editor: true },
    args: {
      sha256s: t.arg.stringList({ required: true, description: 'At most 1000, each 64 hexadecimal digits, in any case.' }),
    },
    async resolve(_root, { sha256s }, { catalogue }) {
      const hashes = [...new Set(sha256s)];
      for (const hash of hashes) expectHash(hash);
      const items = await catalogue.findEarliestOfHashes(hashes.map((hash) => hash.toLowerCase()));
      return hashes.flatMap((sha256, index) => {
        const item = items[index];
        return item ? [{ sha256, item }] : [];
      });
    },
  }),
);

function expectHash(sha256: string): void {
  if (/^[0-9a-f]{64}$/i.test(sha256)) return;
  throw new InvalidInputError('sha256s', `"${sha256.slice(0, 80)}" is no SHA-256: it has 64 hexadecimal digits.`);
}

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
