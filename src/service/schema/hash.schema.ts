import { decodePublicId, rowNumberOf } from '../../base/public-id.ts';
import { MediaItem } from './media-item.schema.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { builder } from './builder.ts';
import { UnknownCategoryError } from '../../library/catalogue/media-errors.ts';
import { ErrorInterface } from './error-interface.ts';
import { Job } from './job.schema.ts';
import type { JobRecord } from '../../library/jobs/job-record.ts';
import { MediaSelection, toSelection } from './media-selection.schema.ts';
import { Model, PendingImport } from './model.schema.ts';
import { ModelConflictError, type Sha256Calculation } from '../../library/hashing/calculate-sha256.ts';
import { FileNotFoundError, FileNotHashableError, PathNotAllowedError } from '../../library/hashing/hash-errors.ts';
import type { HashReport } from '../../library/hashing/run-hash-job.ts';

builder.objectType(FileNotFoundError, {
  name: 'FileNotFoundError',
  description: 'There is no file at the path.',
  interfaces: [ErrorInterface],
});

builder.objectType(PathNotAllowedError, {
  name: 'PathNotAllowedError',
  description: 'The path, with its links resolved, lies outside the folders that may be read.',
  interfaces: [ErrorInterface],
});

builder.objectType(FileNotHashableError, {
  name: 'FileNotHashableError',
  description: 'Something is at the path that cannot be hashed.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    reason: t.exposeString('reason', { description: 'Such as FILE_UNREADABLE or FILE_KEEPS_CHANGING.' }),
  }),
});

builder.objectType(ModelConflictError, {
  name: 'ModelConflictError',
  description: 'A model record has the hash of the pending import already; nothing was changed.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    sha256: t.exposeString('sha256', { description: 'The hash of both.' }),
    model: t.field({
      type: Model,
      nullable: true,
      description: 'The record that has the hash.',
      resolve: ({ sha256 }, _args, { load }) => load.model(sha256),
    }),
    pendingImport: t.field({
      type: PendingImport,
      nullable: true,
      description: 'The record that waits.',
      resolve: async ({ pendingId }, _args, { models }) => (await models.findPending([pendingId]))[0] ?? null,
    }),
  }),
});

const PendingStatus = builder.enumType('PendingStatus', {
  description: 'Whether a pending import at the path is to be completed.',
  values: {
    PENDING: { description: 'It becomes a model record.' },
    IGNORE: { description: 'The file is only hashed.' },
  },
});

const ConflictStrategy = builder.enumType('ConflictStrategy', {
  description: 'What to do with a pending import where a model record has its hash already.',
  values: {
    REPORT: { description: 'Change nothing and say so.' },
    IGNORE: { description: 'Leave both; the pending import remembers its hash.' },
    DELETE: { description: 'Drop the pending import.' },
    MERGE: { description: 'The model record gets its tags and pictures too.' },
    OVERRIDE: { description: 'As MERGE, and its fields replace those of the model record.' },
  },
});

const CalculateSha256Input = builder.inputType('CalculateSha256Input', {
  description: 'Which file to hash, and what is to follow from it.',
  fields: (t) => ({
    path: t.string({ required: true, description: "An absolute path below a category's root or MODEL_ROOTS." }),
    pendingStatus: t.field({ type: PendingStatus, required: true, description: 'What to do with its pending import.' }),
    conflictStrategy: t.field({
      type: ConflictStrategy,
      required: true,
      defaultValue: 'REPORT',
      description: 'For a hash that a model record has already.',
    }),
  }),
});

const Sha256CalculationType = builder.objectRef<Sha256Calculation>('Sha256Calculation').implement({
  description: 'The hash of a file, and what followed from it.',
  fields: (t) => ({
    sha256: t.exposeString('sha256', { description: '64 hexadecimal digits.' }),
    sizeBytes: t.expose('sizeBytes', { type: 'SafeInt', description: 'As many bytes were hashed.' }),
    migrated: t.exposeBoolean('migrated', {
      description: 'Whether a pending import became a model record, or joined one.',
    }),
    model: t.field({
      type: Model,
      nullable: true,
      description: 'The model record with this hash.',
      resolve: ({ sha256 }, _args, { load }) => load.model(sha256),
    }),
    media: t.field({
      type: MediaItem,
      nullable: true,
      description:
        'The media item that is catalogued at the path; it has the hash if its file is the one that was scanned.',
      resolve: ({ mediaId }, _args, { catalogue }) => (mediaId === null ? null : catalogue.find(mediaId)),
    }),
  }),
});

const HashReportType = builder.objectRef<HashReport>('HashReport').implement({
  description: 'What a hash job did.',
  fields: (t) => ({
    total: t.exposeInt('total', { description: 'Files that it was to hash.' }),
    hashed: t.exposeInt('hashed', { description: 'Files that were hashed.' }),
    migrated: t.exposeInt('migrated', { description: 'Pending imports that became model records, or joined one.' }),
    conflicts: t.exposeInt('conflicts', { description: 'Pending imports that stay, since a record has their hash.' }),
    missing: t.exposeInt('missing', { description: 'Files that were not there; their records are as they were.' }),
    errors: t.exposeInt('errors', {
      description: 'Files that could not be hashed, or whose hash could not be stored.',
    }),
    bytesHashed: t.expose('bytesHashed', { type: 'SafeInt', description: 'In all files together.' }),
  }),
});

const HashJob = builder.node(builder.objectRef<JobRecord<'HASH'>>('HashJob'), {
  description:
    'Hashes many files. The items of its errors are their paths, or `pictures` for those that could not be moved.',
  interfaces: [Job],
  id: { resolve: ({ id }) => id },
  loadOne: (id, { jobs }) => jobs.find({ id, kind: 'HASH' }),
  isTypeOf: (value) => (value as JobRecord).kind === 'HASH',
  fields: (t) => ({
    report: t.field({
      type: HashReportType,
      nullable: true,
      description: 'What it did, once it has ended.',
      resolve: ({ result }) => result,
    }),
  }),
});

const HashPendingModelsInput = builder.inputType('HashPendingModelsInput', {
  description: 'Which pending imports to hash.',
  fields: (t) => ({
    ids: t.idList({ description: 'IDs of PendingImports; left out: all of them.' }),
    conflictStrategy: t.field({
      type: ConflictStrategy,
      required: true,
      defaultValue: 'REPORT',
      description: 'For hashes that model records have already.',
    }),
    limit: t.int({ description: 'Stop after so many files.' }),
  }),
});

builder.mutationFields((t) => ({
  calculateSha256: t.field({
    type: Sha256CalculationType,
    description: 'Hashes one file. Where it is catalogued, its media item gets the hash.',
    args: { input: t.arg({ type: CalculateSha256Input, required: true, description: 'Which file.' }) },
    errors: {
      types: [FileNotFoundError, PathNotAllowedError, ModelConflictError, FileNotHashableError],
      union: { name: 'CalculateSha256Result', description: 'The hash, or why there is none.' },
    },
    resolve: (_root, { input }, { hashing, signal }) => hashing.calculate(input, signal),
  }),
  hashMedia: t.field({
    type: HashJob,
    description:
      'Starts to hash the files of items that are available and have no hash. Follow it with `jobProgress`.',
    skipTypeScopes: true,
    authScopes: { editor: true },
    args: { selection: t.arg({ type: MediaSelection, required: true, description: 'Which items.' }) },
    errors: {
      types: [InvalidInputError, UnknownCategoryError],
      union: { name: 'HashMediaResult', description: 'The job that was started, or why there is none.' },
    },
    resolve: (_root, { selection }, { hashing, imageProxies, requestedBy }) =>
      hashing.startMedia(toSelection(selection, imageProxies), { requestedBy }),
  }),
  hashPendingModels: t.field({
    type: HashJob,
    description:
      'Starts to hash the files of pending imports, which become model records. Follow it with `jobProgress`.',
    args: { input: t.arg({ type: HashPendingModelsInput, required: true, description: 'May be empty: all of them.' }) },
    errors: {
      types: [InvalidInputError],
      union: { name: 'HashPendingModelsResult', description: 'The job that was started, or why there is none.' },
    },
    resolve: (_root, { input: { ids, ...input } }, { hashing, requestedBy }) =>
      hashing.start({ ...input, ids: ids?.map(pendingIdOf) ?? null, requestedBy }),
  }),
}));

function pendingIdOf(publicId: string): number {
  const { typename, id } = decodePublicId(publicId);
  const number = typename === 'PendingImport' ? rowNumberOf(id) : null;
  if (number === null) throw new InvalidInputError('input.ids', `"${publicId.slice(0, 80)}" is no PendingImport's ID.`);
  return number;
}
