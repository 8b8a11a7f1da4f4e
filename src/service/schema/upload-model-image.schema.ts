import { StorageError } from '../../base/errors/storage-error.ts';
import { UnreadableImageError } from '../../base/errors/domain-error.ts';
import { builder } from './builder.ts';
import { ErrorInterface } from './error-interface.ts';
import { FileTooLargeError } from '../../library/ingest/ingest-errors.ts';
import { ModelNotFoundError } from '../../library/model-records/model-errors.ts';
import { ModelImage } from './model.schema.ts';

builder.objectType(ModelNotFoundError, {
  name: 'ModelNotFoundError',
  description: 'There is no model record with that hash.',
  interfaces: [ErrorInterface],
});

const UploadModelImageInput = builder.inputType('UploadModelImageInput', {
  description: 'A picture, and the model that gets it.',
  fields: (t) => ({
    sha256: t.string({ required: true, description: 'Of the model: 64 hexadecimal digits, in any case.' }),
    image: t.field({ type: 'Upload', required: true, description: 'A JPEG, PNG, WebP, GIF, TIFF or HEIC.' }),
  }),
});

builder.mutationField('uploadModelImage', (t) =>
  t.field({
    type: ModelImage,
    description: 'Gives a model one more picture, kept in three sizes: sent as a file is to `uploadMedia`.',
    skipTypeScopes: true,
    authScopes: { editor: true },
    args: { input: t.arg({ type: UploadModelImageInput, required: true, description: 'The picture and its model.' }) },
    errors: {
      types: [ModelNotFoundError, UnreadableImageError, FileTooLargeError, StorageError],
      union: { name: 'UploadModelImageResult', description: 'The picture, or why there is none.' },
    },
    resolve: (_root, { input: { sha256, image } }, { modelImageUploads }) => modelImageUploads.upload(sha256, image),
  }),
);
