import { MediaNotFoundError, UnknownCategoryError } from '../../library/catalogue/media-errors.ts';
import { type ImageProxyProfile, novaProfile } from '../../base/config/image-proxy-profile.ts';
import { InvalidInputError, UnreadableImageError } from '../../base/errors/domain-error.ts';
import { StorageError } from '../../base/errors/storage-error.ts';
import { builder } from './builder.ts';
import { ErrorInterface } from './error-interface.ts';
import { expectMediaNumber } from './expect-media-number.ts';
import { JobLockedError } from '../../library/jobs/job-errors.ts';
import { ImageProxyJob } from './image-proxy-job.schema.ts';
import { ImageProxyReportType } from './image-proxy-report.schema.ts';
import { ImageProxy, ImageProxyFormat, profileDescription } from './image-proxy.schema.ts';
import { MediaSelection, toSelection } from './media-selection.schema.ts';
import { ImageProxyExistsError, NotAnImageError, UnknownProfileError } from '../../library/image-proxies/proxy-errors.ts';

builder.objectType(NotAnImageError, {
  name: 'NotAnImageError',
  description: 'The item is a video or a sound.',
  interfaces: [ErrorInterface],
});

builder.objectType(UnknownProfileError, {
  name: 'UnknownProfileError',
  description: 'The configuration has no profile of that name for image proxies.',
  interfaces: [ErrorInterface],
});

builder.objectType(ImageProxyExistsError, {
  name: 'ImageProxyExistsError',
  description: 'The image has a proxy of its present file already.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    existingProxy: t.field({
      type: ImageProxy,
      description: 'The one that it has.',
      resolve: async ({ proxyId }, _args, { imageProxies }) => {
        const [imageProxy] = await imageProxies.findMany([proxyId]);
        if (!imageProxy) throw new Error(`proxy ${proxyId} was removed while it was told of`);
        return imageProxy;
      },
    }),
  }),
});

const CreateImageProxyInput = builder.inputType('CreateImageProxyInput', {
  description: 'Which image, and for which model.',
  fields: (t) => ({
    mediaId: t.id({ required: true, description: 'Of the item.' }),
    force: t.boolean({ required: true, defaultValue: false, description: 'Make it again where there is one.' }),
    profile: t.string({ required: true, defaultValue: novaProfile.name, description: profileDescription }),
  }),
});

const CreateImageProxiesInput = builder.inputType('CreateImageProxiesInput', {
  description: 'Which images, and how far.',
  fields: (t) => ({
    mediaIds: t.idList({ description: 'Of the items; left out: every available image.' }),
    selection: t.field({
      type: MediaSelection,
      description: 'In place of `mediaIds`: of any size. What is no image is skipped.',
    }),
    force: t.boolean({ required: true, defaultValue: false, description: 'Make those again that there are.' }),
    dryRun: t.boolean({ required: true, defaultValue: false, description: 'Look and report, and write nothing.' }),
    limit: t.int({ description: 'End after so many images that need a proxy.' }),
    profile: t.string({ required: true, defaultValue: novaProfile.name, description: profileDescription }),
  }),
});

builder.mutationFields((t) => ({
  createImageProxy: t.field({
    type: ImageProxy,
    description: 'Makes the proxy of one image, also of a small one, and answers when it is there.',
    skipTypeScopes: true,
    authScopes: { editor: true },
    args: { input: t.arg({ type: CreateImageProxyInput, required: true, description: 'Which image.' }) },
    errors: {
      types: [
        MediaNotFoundError,
        NotAnImageError,
        ImageProxyExistsError,
        UnreadableImageError,
        StorageError,
        UnknownProfileError,
      ],
      union: { name: 'CreateImageProxyResult', description: 'The proxy, or why there is none.' },
    },
    resolve: (_root, { input: { mediaId, force, profile } }, { imageProxies }) =>
      imageProxies.create(expectMediaNumber(mediaId), imageProxies.profile(profile), { force }),
  }),
  createImageProxies: t.field({
    type: ImageProxyJob,
    description: 'Starts to make the proxies that are needed. Follow the job with `jobProgress`.',
    skipTypeScopes: true,
    authScopes: { editor: true },
    args: { input: t.arg({ type: CreateImageProxiesInput, required: true, description: 'May be empty: all.' }) },
    errors: {
      types: [InvalidInputError, UnknownProfileError, JobLockedError, UnknownCategoryError],
      union: { name: 'CreateImageProxiesResult', description: 'The job that was started, or why there is none.' },
    },
    resolve: (_root, { input: { selection, ...input } }, { imageProxies, requestedBy }) =>
      imageProxies.batches.start({ ...input, selection: selection && toSelection(selection, imageProxies), requestedBy }),
  }),
}));

const ProfileType = builder.objectRef<ImageProxyProfile>('ImageProxyProfile').implement({
  description: 'What one kind of vision model expects of an image.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As `profile` takes it.' }),
    shorterSide: t.exposeInt('shorterSide', { description: 'Pixels that the shorter side of a larger image is reduced to.' }),
    formats: t.field({
      type: [ImageProxyFormat],
      description: 'Opaque images become JPEG, others PNG, as far as they are here; else the first one serves.',
      resolve: ({ formats }) => [...formats],
    }),
    quality: t.exposeInt('quality', { description: 'Of JPEG, 1 to 100.' }),
  }),
});

builder.queryField('imageProxyProfiles', (t) =>
  t.field({
    type: [ProfileType],
    description: 'The profiles of the configuration, and `nova`, which is always there.',
    resolve: (_root, _args, { mediaConfig }) => mediaConfig.current().imageProxies,
  }),
);

builder.queryField('imageProxySummary', (t) =>
  t.field({
    type: ImageProxyReportType,
    description: 'How many images of the library need a proxy and how many have one.',
    args: {
      profile: t.arg.string({ required: true, defaultValue: novaProfile.name, description: profileDescription }),
    },
    resolve: (_root, { profile }, { imageProxies }) => imageProxies.batches.summary(profile),
  }),
);
