import { rowNumberOf } from '../../base/public-id.ts';
import { builder } from './builder.ts';
import type { ModelRecord, PendingRecord } from '../../library/model-records/sql/list-models.ts';
import { maxMediaOfModel } from './loaders.ts';
import { MediaItem } from './media-item.schema.ts';
import { tierName } from '../../library/model-records/image-store.ts';
import type { TagRecord } from '../../library/model-records/tags-and-images.ts';

const ImageQuality = builder.enumType('ImageQuality', {
  description: 'Sizes that a picture of a model is kept in; how large they are is configured.',
  values: {
    HIGH: { value: 'high', description: 'The largest: at most two megapixels unless configured otherwise.' },
    MEDIUM: { value: 'medium', description: 'About two thirds of that in each direction.' },
    LOW: { value: 'low', description: 'About a third.' },
  } as const,
});

export const Tag = builder.node(builder.objectRef<TagRecord>('Tag'), {
  description: 'A word that models are sorted by.',
  id: { resolve: ({ id }) => id },
  loadMany: (ids, { models }) => models.findTags(ids.map(rowNumberOf)),
  fields: (t) => ({
    tagId: t.int({ description: 'Its number, as in the earlier application.', resolve: ({ id }) => id }),
    name: t.exposeString('name', { description: 'No two tags have the same.' }),
    modelCount: t.int({
      description: 'How many model records have it.',
      resolve: ({ id }, _args, { load }) => load.modelCountOfTag(id),
    }),
  }),
});

export const ModelImage = builder.objectRef<{ sha256: string; seq: number }>('ModelImage').implement({
  description: 'A picture of a model.',
  fields: (t) => ({
    seq: t.exposeInt('seq', { description: 'Its number, which it keeps wherever it stands among the pictures of the model.' }),
    url: t.string({
      description: 'A WebP that never changes. A path on this service.',
      args: { quality: t.arg({ type: ImageQuality, required: true, defaultValue: 'high', description: 'How large.' }) },
      resolve: ({ sha256, seq }, { quality }, { linkTo }) => linkTo(`/images/${tierName(sha256, seq, quality)}`),
    }),
  }),
});

export const Model = builder.node(builder.objectRef<ModelRecord>('Model'), {
  description: 'What is known about a model file, by its content.',
  id: { resolve: ({ sha256 }) => sha256 },
  loadMany: (hashes, { models }) => models.findMany(hashes),
  fields: (t) => ({
    sha256: t.exposeString('sha256', { description: '64 hexadecimal digits.' }),
    path: t.exposeString('path', {
      description: 'Where its file is, or was on another machine. For administrators.',
      authScopes: { admin: true },
    }),
    name: t.exposeString('name', { nullable: true, description: 'For people.' }),
    type: t.exposeString('type', { nullable: true, description: 'Such as "checkpoint" or "lora".' }),
    sizeBytes: t.expose('sizeBytes', { type: 'SafeInt', nullable: true, description: "Its file's size." }),
    description: t.string({
      nullable: true,
      description: 'What was written about it: the `description` in `meta`.',
      resolve: ({ meta }) => descriptionOf(meta),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the record was first made.' }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a person last changed it; null where nobody did.',
    }),
    media: t.field({
      type: [MediaItem],
      description: `The media items with the same SHA-256 that are not deleted, the earliest first; at most ${maxMediaOfModel}.`,
      resolve: ({ sha256 }, _args, { load }) => load.mediaOfHash(sha256),
    }),
    meta: t.expose('meta', { type: 'JSON', description: 'Descriptions, links, prompts and whatever else was noted.' }),
    tags: t.field({
      type: [Tag],
      description: 'By name.',
      resolve: ({ sha256 }, _args, { load }) => load.tagsOfModel(sha256),
    }),
    images: t.field({
      type: [ModelImage],
      description: 'Its pictures, in their order.',
      args: { first: t.arg.int({ description: 'How many at most, from the first on; left out: all of them.' }) },
      async resolve({ sha256 }, { first }, { load }) {
        const images = await load.imagesOfModel(sha256);
        return typeof first === 'number' ? images.slice(0, Math.max(0, first)) : images;
      },
    }),
  }),
});

function descriptionOf(meta: unknown): string | null {
  const { description = null } = (meta ?? {}) as { description?: unknown };
  return typeof description === 'string' ? description : null;
}

export const PendingImport = builder.node(builder.objectRef<PendingRecord>('PendingImport'), {
  description: 'A model record that waits for the hash of its file.',
  id: { resolve: ({ id }) => id },
  loadMany: (ids, { models }) => models.findPending(ids.map(rowNumberOf)),
  fields: (t) => ({
    legacyId: t.int({ description: 'Its number in the earlier application.', resolve: ({ id }) => id }),
    path: t.exposeString('path', {
      description: 'Where its file should be on this machine. For administrators.',
      authScopes: { admin: true },
    }),
    legacyPath: t.exposeString('legacyPath', {
      description: 'Where the earlier application had it. For administrators.',
      authScopes: { admin: true },
    }),
    sha256: t.exposeString('sha256', {
      nullable: true,
      description: 'Of a file that was hashed while a model record had its hash already, and IGNORE was asked for.',
    }),
    name: t.exposeString('name', { nullable: true, description: 'For people.' }),
    type: t.exposeString('type', { nullable: true, description: 'Such as "checkpoint" or "lora".' }),
    sizeBytes: t.expose('sizeBytes', {
      type: 'SafeInt',
      nullable: true,
      description: 'As the earlier application knew.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the record was first made.' }),
    meta: t.expose('meta', { type: 'JSON', description: 'Descriptions, links, prompts and whatever else was noted.' }),
    tags: t.field({
      type: [Tag],
      description: 'By name.',
      resolve: ({ id }, _args, { load }) => load.tagsOfPending(id),
    }),
    model: t.field({
      type: Model,
      nullable: true,
      description: 'The model record that has its `sha256`; null where it has none.',
      resolve: ({ sha256 }, _args, { load }) => (sha256 === null ? null : load.model(sha256)),
    }),
    imageUrls: t.stringList({
      description: 'Its pictures as they were, in their order. Paths on this service.',
      resolve: async ({ id }, _args, { load, linkTo }) => {
        const names = await load.imagesOfPending(id);
        return names.map((name) => linkTo(`/images/pending/${encodeURIComponent(name)}`));
      },
    }),
  }),
});

builder.objectField(MediaItem, 'model', (t) =>
  t.field({
    type: Model,
    nullable: true,
    description: 'The model record with the same SHA-256, if there is one.',
    resolve: ({ sha256 }, _args, { load }) =>
      sha256 === null ? null : load.model(sha256),
  }),
);
