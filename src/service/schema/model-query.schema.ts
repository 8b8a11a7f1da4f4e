import { maxPageSize, toPageRequest } from '../../base/paging.ts';
import { builder } from './builder.ts';
import type { modelOrderFields } from '../../library/model-records/model-order.ts';
import { OrderDirection } from './media-enums.schema.ts';
import { toConnection } from './to-connection.ts';
import { Model, PendingImport, Tag } from './model.schema.ts';

const search = 'A part of the name or the path, in any case.';
const pages = `50 a page unless told otherwise, at most ${maxPageSize}.`;

const ModelOrderFieldType = builder.enumType('ModelOrderField', {
  description: 'What a list of model records is sorted by.',
  values: {
    CREATED_AT: { description: 'When the record was first made.' },
    UPDATED_AT: { description: 'When a person last changed it; else when it was made.' },
    NAME: { description: 'As people expect: without regard to case and accents, `v2` before `v10`. Without a name: the file\'s.' },
    SIZE: { description: "The file's size; those of unknown size come before all others." },
  } satisfies Record<(typeof modelOrderFields)[number], object>,
});

const ModelOrderInput = builder.inputType('ModelOrder', {
  description: 'The order of a list of model records.',
  fields: (t) => ({
    field: t.field({ type: ModelOrderFieldType, required: true, description: 'What to sort by.' }),
    direction: t.field({
      type: OrderDirection,
      required: true,
      defaultValue: 'ASC',
      description: 'Ties follow it too.',
    }),
  }),
});

const ModelType = builder.objectRef<{ name: string; modelCount: number }>('ModelType').implement({
  description: 'What kind of file model records are of.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Such as "checkpoint" or "lora".' }),
    modelCount: t.exposeInt('modelCount', { description: 'How many records have it.' }),
  }),
});

builder.queryFields((t) => ({
  models: t.connection(
    {
      type: Model,
      description: `The model records, the newest first unless told otherwise: ${pages}`,
      args: {
        search: t.arg.string({ description: search }),
        tagIds: t.arg.intList({ description: 'Those that have all of these tags.' }),
        type: t.arg.string({ description: 'Exactly this type.' }),
        orderBy: t.arg({ type: ModelOrderInput, description: 'Left out: the newest first.' }),
      },
      resolve: async (_root, { search, tagIds, type, orderBy, ...page }, { models }) => {
        const order = orderBy ? { field: orderBy.field, descending: orderBy.direction === 'DESC' } : undefined;
        return toConnection(await models.list({ search, tagIds, type }, toPageRequest(page), order));
      },
    },
    {
      name: 'ModelConnection',
      fields: (connection) => ({
        totalCount: connection.int({
          description: 'How many models meet the filters, on all pages.',
          resolve: ({ totalCount }) => totalCount(),
        }),
      }),
    },
    { name: 'ModelEdge' },
  ),
  model: t.field({
    type: Model,
    nullable: true,
    description: 'The model record with this hash; null where there is none.',
    args: { sha256: t.arg.string({ required: true, description: '64 hexadecimal digits, in any case.' }) },
    resolve: (_root, { sha256 }, { load }) =>
      /^[0-9a-f]{64}$/i.test(sha256) ? load.model(sha256.toLowerCase()) : null,
  }),
  pendingImports: t.connection(
    {
      type: PendingImport,
      description: `The records that wait for the hash of their file, by their legacy ids: ${pages}`,
      args: {
        search: t.arg.string({ description: search }),
        hashed: t.arg.boolean({
          description: 'True: those that remember their hash, as a model record had it already; false: the others.',
        }),
      },
      resolve: async (_root, { search, hashed, ...page }, { models }) =>
        toConnection(await models.listPending({ search, isHashed: hashed }, toPageRequest(page))),
    },
    {
      name: 'PendingImportConnection',
      fields: (connection) => ({
        totalCount: connection.int({
          description: 'How many records wait, on all pages.',
          resolve: ({ totalCount }) => totalCount(),
        }),
      }),
    },
    { name: 'PendingImportEdge' },
  ),
  modelTypes: t.field({
    type: [ModelType],
    description: 'The types that model records have, by name: what `type` of `models` takes.',
    resolve: (_root, _args, { models }) => models.types(),
  }),
  tags: t.field({
    type: [Tag],
    description: 'All tags, by name.',
    args: { search: t.arg.string({ description: 'A part of the name, in any case.' }) },
    resolve: (_root, { search }, { models }) => models.tags(search),
  }),
}));
