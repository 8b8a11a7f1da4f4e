import { MediaNotFoundError } from '../../library/catalogue/media-errors.ts';
import { novaProfile } from '../../base/config/image-proxy-profile.ts';
import { StorageError } from '../../base/errors/storage-error.ts';
import { builder } from './builder.ts';
import { expectMediaNumber } from './expect-media-number.ts';
import { ErrorInterface } from './error-interface.ts';
import { ObjectStorageError } from '../../base/object-storage/storage-errors.ts';
import { profileDescription } from './image-proxy.schema.ts';
import type { AnalysisImage } from '../../library/image-proxies/prepare-for-analysis.ts';
import { UnreadableImageError } from '../../base/errors/domain-error.ts';
import { NotAnImageError, UnknownProfileError } from '../../library/image-proxies/proxy-errors.ts';

builder.objectType(ObjectStorageError, {
  name: 'ObjectStorageError',
  description: 'The object storage is not configured, cannot be reached, or refuses.',
  interfaces: [ErrorInterface],
});

const AnalysisImageType = builder.objectRef<AnalysisImage>('AnalysisImage').implement({
  description: 'Where a model finds an image.',
  fields: (t) => ({
    bucket: t.exposeString('bucket', { description: 'Of the object storage.' }),
    key: t.exposeString('key', { description: 'Of the object: below `proxies/` or `uploads/`.' }),
    presignedUrl: t.exposeString('presignedUrl', {
      description: 'Anybody may GET it, for an hour unless set otherwise.',
    }),
    sizeBytes: t.expose('sizeBytes', { type: 'SafeInt', description: 'Of the object.' }),
    usedProxy: t.exposeBoolean('usedProxy', { description: 'False where it is the image itself.' }),
    uploaded: t.exposeBoolean('uploaded', { description: 'False where it had been uploaded before.' }),
  }),
});

const PrepareForAnalysisInput = builder.inputType('PrepareForAnalysisInput', {
  description: 'Which image, and for which model.',
  fields: (t) => ({
    mediaId: t.id({ required: true, description: 'Of the item.' }),
    profile: t.string({ required: true, defaultValue: novaProfile.name, description: profileDescription }),
  }),
});

builder.mutationField('prepareForAnalysis', (t) =>
  t.field({
    type: AnalysisImageType,
    description:
      'Uploads an image, once, to where a model can read it: its proxy where it has or needs one, else the image itself.',
    skipTypeScopes: true,
    authScopes: { editor: true },
    args: { input: t.arg({ type: PrepareForAnalysisInput, required: true, description: 'Which image.' }) },
    errors: {
      types: [
        MediaNotFoundError,
        NotAnImageError,
        ObjectStorageError,
        UnreadableImageError,
        StorageError,
        UnknownProfileError,
      ],
      union: { name: 'PrepareForAnalysisResult', description: 'Where the image is, or why it is nowhere.' },
    },
    resolve: (_root, { input: { mediaId, profile } }, { imageProxies }) =>
      imageProxies.prepareForAnalysis(expectMediaNumber(mediaId), imageProxies.profile(profile)),
  }),
);
