import { MediaItem } from './media-item.schema.ts';
import { rowNumberOf } from '../../base/public-id.ts';
import { novaProfile } from '../../base/config/image-proxy-profile.ts';
import { builder } from './builder.ts';
import type { ImageProxyRecord } from '../../library/image-proxies/single-image-proxies.ts';
import { savingsPercent } from '../../library/image-proxies/image-proxy-report.ts';
import { proxyUrl } from '../../library/image-proxies/proxy-url.ts';

export const ImageProxyFormat = builder.enumType('ImageProxyFormat', {
  description: 'The format of an image proxy.',
  values: {
    JPEG: { description: 'Of opaque images, as far as the profile allows it.' },
    PNG: {
      description:
        'Of images with a pixel that is transparent, or too long for a JPEG, as far as the profile allows it.',
    },
  },
});

const originalSideDescription = 'Of the image, as it is shown; of a RAW file that of the preview in it.';

export const profileDescription = 'The kind of model that it is for: a profile of the configuration.';

export const ImageProxy = builder.node(builder.objectRef<ImageProxyRecord>('ImageProxy'), {
  description: 'A small stand-in of an image, for a vision model.',
  id: { resolve: ({ id }) => id },
  loadMany: (keys, { imageProxies }) => imageProxies.findMany(keys.map(rowNumberOf)),
  isTypeOf: (value) => 'sourceSignature' in (value as object),
  fields: (t) => ({
    media: t.field({
      type: MediaItem,
      description: 'The image that it stands for.',
      resolve: async ({ mediaItemId }, _args, { load }) => load.mediaItem(mediaItemId),
    }),
    profile: t.exposeString('profile', { description: profileDescription }),
    filename: t.exposeString('filename', { description: 'The stem, the number of the item, the profile.' }),
    format: t.field({
      type: ImageProxyFormat,
      description: 'Of its bytes; the extension tells the same.',
      resolve: ({ format }) => format as 'JPEG' | 'PNG',
    }),
    width: t.exposeInt('width', { description: 'In pixels.' }),
    height: t.exposeInt('height', { description: 'In pixels.' }),
    sizeBytes: t.field({
      type: 'SafeInt',
      description: 'Of the proxy.',
      resolve: ({ sizeBytes }) => Number(sizeBytes),
    }),
    originalWidth: t.exposeInt('originalWidth', { description: originalSideDescription }),
    originalHeight: t.exposeInt('originalHeight', { description: originalSideDescription }),
    originalSizeBytes: t.field({
      type: 'SafeInt',
      description: 'Of the image.',
      resolve: ({ originalSizeBytes }) => Number(originalSizeBytes),
    }),
    savingsPercent: t.float({
      description: 'How much smaller its file is, to one decimal; below zero where it is larger.',
      resolve: ({ originalSizeBytes, sizeBytes }) => savingsPercent(Number(originalSizeBytes), Number(sizeBytes)),
    }),
    wasResized: t.exposeBoolean('wasResized', { description: 'False where the image was small enough.' }),
    targetDimension: t.exposeInt('targetDimension', {
      description: 'What the shorter side of a larger image becomes.',
    }),
    url: t.string({
      description: 'Its bytes, under an address that changes with them. A path on this service.',
      resolve: (imageProxy, _args, { linkTo }) => linkTo(proxyUrl(imageProxy)),
    }),
    s3Key: t.string({
      nullable: true,
      description: 'Where these bytes were uploaded to for analysis.',
      resolve: ({ s3Key, s3Sha256, sha256 }) => (s3Sha256 === sha256 ? s3Key : null),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
  }),
});

builder.objectField(MediaItem, 'imageProxy', (t) =>
  t.field({
    type: ImageProxy,
    nullable: true,
    description: 'Its proxy; null where none was made of its present file, for the profile as it is now.',
    args: {
      profile: t.arg.string({ required: true, defaultValue: novaProfile.name, description: profileDescription }),
    },
    resolve: (item, { profile }, { load }) => load.imageProxy(item.id, profile),
  }),
);
