import { maxPageSize, toPageRequest } from '../../base/paging.ts';
import { builder } from './builder.ts';
import { toConnection } from './to-connection.ts';
import { Model, PendingImport, Tag } from './model.schema.ts';

const search = 'A part of the name or the path, in any case.';
const pages = `50 a page unless told otherwise, at most ${maxPageSize}.`;

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
      description: `The model records, the newest first: ${pages}`,
      args: {
        search: t.arg.string({ description: search }),
        tagIds: t.arg.intList({ description: 'Those that have all of these tags.' }),
        type: t.arg.string({ description: 'Exactly this type.' }),
      },
      resolve: async (_root, { search, tagIds, type, ...page }, { models }) =>
        toConnection(await models.list({ search, tagIds, type }, toPageRequest(page))),
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
      args: { search: t.arg.string({ description: search }) },
      resolve: async (_root, { search, ...page }, { models }) =>
        toConnection(await models.listPending(search, toPageRequest(page))),
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
