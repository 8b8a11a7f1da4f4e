import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { maxTagsOfItem } from '../../library/catalogue/media-words.ts';
import { ImageNotFoundError, ModelNotFoundError } from '../../library/model-records/model-errors.ts';
import type { ModelRecord } from '../../library/model-records/sql/list-models.ts';
import { builder } from './builder.ts';
import type { GraphQLContext } from './context.ts';
import { createLoaders } from './loaders.ts';
import { ErrorInterface } from './error-interface.ts';
import { Model } from './model.schema.ts';

builder.objectType(ImageNotFoundError, {
  name: 'ImageNotFoundError',
  description: 'The model has no picture with that number.',
  interfaces: [ErrorInterface],
});

const hashDescription = 'Of the model: 64 hexadecimal digits, in any case.';

const UpdateModelInput = builder.inputType('UpdateModelInput', {
  description: 'A field that is left out keeps its value.',
  fields: (t) => ({
    sha256: t.string({ required: true, description: hashDescription }),
    name: t.string({ description: 'For people; null removes it.' }),
    type: t.string({ description: 'Such as "checkpoint" or "lora"; null removes it.' }),
    description: t.string({ description: 'The `description` in `meta`; null removes it.' }),
    tags: t.stringList({ description: `Replaces all tags; null takes them away. A model has at most ${maxTagsOfItem}.` }),
    addTags: t.stringList({ description: 'Tags that it gets beside those that it has.' }),
    removeTags: t.stringList({ description: 'Tags that it loses; those that it has not do not matter.' }),
    meta: t.field({ type: 'JSON', description: 'An object that replaces what was noted; null empties it.' }),
  }),
});

const RemoveModelImageInput = builder.inputType('RemoveModelImageInput', {
  description: 'Which picture of which model.',
  fields: (t) => ({
    sha256: t.string({ required: true, description: hashDescription }),
    seq: t.int({ required: true, description: 'Of the picture.' }),
  }),
});

const OrderModelImagesInput = builder.inputType('OrderModelImagesInput', {
  description: 'The pictures of a model as they are to stand.',
  fields: (t) => ({
    sha256: t.string({ required: true, description: hashDescription }),
    seqs: t.intList({ required: true, description: 'The `seq` of each of its pictures, each once.' }),
  }),
});

builder.mutationFields((t) => ({
  updateModel: t.field({
    type: Model,
    description: 'Changes what people say about a model. No migration undoes it.',
    skipTypeScopes: true,
    authScopes: { editor: true },
    args: { input: t.arg({ type: UpdateModelInput, required: true, description: 'Which model, and what to change.' }) },
    errors: {
      types: [ModelNotFoundError, InvalidInputError],
      union: { name: 'UpdateModelResult', description: 'The model as it is now, or why nothing changed.' },
    },
    async resolve(_root, { input: { sha256, ...changes } }, context) {
      const model = await context.models.update(expectHash(sha256), changes);
      return readAnew(context, model);
    },
  }),
  removeModelImage: t.field({
    type: Model,
    description: 'Takes a picture away from a model. The others keep their numbers, and its number is not used again.',
    skipTypeScopes: true,
    authScopes: { editor: true },
    args: { input: t.arg({ type: RemoveModelImageInput, required: true, description: 'Which picture.' }) },
    errors: {
      types: [ModelNotFoundError, ImageNotFoundError],
      union: { name: 'RemoveModelImageResult', description: 'The model as it is now, or why nothing changed.' },
    },
    async resolve(_root, { input: { sha256, seq } }, context) {
      await context.modelPictures.remove(expectHash(sha256), seq);
      return readAnew(context, await findModel(context, sha256));
    },
  }),
  orderModelImages: t.field({
    type: Model,
    description: 'Brings the pictures of a model into an order. The addresses of the pictures stay.',
    skipTypeScopes: true,
    authScopes: { editor: true },
    args: { input: t.arg({ type: OrderModelImagesInput, required: true, description: 'Which order.' }) },
    errors: {
      types: [ModelNotFoundError, InvalidInputError],
      union: { name: 'OrderModelImagesResult', description: 'The model as it is now, or why nothing changed.' },
    },
    async resolve(_root, { input: { sha256, seqs } }, context) {
      await context.modelPictures.order(expectHash(sha256), seqs);
      return readAnew(context, await findModel(context, sha256));
    },
  }),
}));

/** Returns the hash as records have it. Throws ModelNotFoundError for what is none. */
function expectHash(sha256: string): string {
  if (!/^[0-9a-f]{64}$/i.test(sha256)) throw new ModelNotFoundError(sha256);
  return sha256.toLowerCase();
}

async function findModel({ models }: GraphQLContext, sha256: string): Promise<ModelRecord> {
  const [model] = await models.findMany([expectHash(sha256)]);
  if (!model) throw new ModelNotFoundError(sha256);
  return model;
}

/** What an earlier field of the operation read of the model is not true any more. */
function readAnew(context: GraphQLContext, model: ModelRecord): ModelRecord {
  context.load = createLoaders(context);
  return model;
}
