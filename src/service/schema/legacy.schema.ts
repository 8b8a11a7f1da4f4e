import { encodePublicId } from '../../base/public-id.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { builder } from './builder.ts';
import { ErrorInterface } from './error-interface.ts';
import { PathNotAllowedError } from '../../library/hashing/hash-errors.ts';
import { Job } from './job.schema.ts';
import { JobLockedError } from '../../library/jobs/job-errors.ts';
import type { JobRecord } from '../../library/jobs/job-record.ts';
import { watchProgress } from './watch-progress.ts';
import { LegacyDatabaseError } from '../../library/legacy/legacy-errors.ts';
import { type LegacySource, sourceLimits } from '../../library/legacy/list-sources.ts';
import type { LegacyMigrationReport, MigrationCounts } from '../../library/legacy/migration-report.ts';

builder.objectType(LegacyDatabaseError, {
  name: 'LegacyDatabaseError',
  description: 'The legacy database, or its folder of pictures, cannot be read; nothing was written.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    fault: t.exposeString('fault', {
      description: 'MISSING, UNREADABLE, NOT_SQLITE, CORRUPT, LOCKED, CHANGING, WRONG_SCHEMA or IMAGES_DIR_MISSING.',
    }),
  }),
});

const MigrationCountsType = builder.objectRef<MigrationCounts>('MigrationCounts').implement({
  description: 'What became of the rows or pictures of one kind. Each skip and error is an item error of the job.',
  fields: (t) => ({
    found: t.exposeInt('found', { description: 'In the legacy database: the sum of the others.' }),
    migrated: t.exposeInt('migrated', { description: 'Taken over now.' }),
    alreadyPresent: t.exposeInt('alreadyPresent', { description: 'Taken over before.' }),
    skipped: t.exposeInt('skipped', { description: 'Left out for a reason that lies in the data.' }),
    errors: t.exposeInt('errors', { description: 'Could not be taken over.' }),
  }),
});

const ReportType = builder.objectRef<LegacyMigrationReport>('LegacyMigrationReport').implement({
  description: 'An account of every row and picture of a legacy database.',
  fields: (t) => ({
    tags: t.expose('tags', { type: MigrationCountsType, description: 'Tags.' }),
    models: t.expose('models', { type: MigrationCountsType, description: 'Models with a hash.' }),
    pendingImports: t.expose('pendingImports', { type: MigrationCountsType, description: 'Models without one.' }),
    modelTags: t.expose('modelTags', {
      type: MigrationCountsType,
      description: 'Tags of models with a hash, and of models that are none.',
    }),
    pendingModelTags: t.expose('pendingModelTags', {
      type: MigrationCountsType,
      description: 'Tags of models without a hash.',
    }),
    activeImages: t.expose('activeImages', {
      type: MigrationCountsType,
      description: 'Pictures of models with a hash.',
    }),
    pendingImages: t.expose('pendingImages', {
      type: MigrationCountsType,
      description: 'Pictures of models without a hash.',
    }),
  }),
});

const LegacySourceType = builder.objectRef<LegacySource>('LegacySource').implement({
  description: 'An SQLite database that a legacy migration may read.',
  fields: (t) => ({
    path: t.exposeString('path', { description: "On the service's machine, as `migrateLegacyDatabase` takes it." }),
    sizeBytes: t.expose('sizeBytes', { type: 'SafeInt', description: "The file's size." }),
    modifiedAt: t.expose('modifiedAt', { type: 'DateTime', description: 'When the file was modified.' }),
  }),
});

builder.queryField('legacySources', (t) =>
  t.field({
    type: [LegacySourceType],
    description:
      'The SQLite databases below LEGACY_ROOTS, by their extensions and first bytes, those nearest to the roots first; at ' +
      `most ${sourceLimits.sources}. Symbolic links are not followed. For administrators.`,
    authScopes: { admin: true },
    resolve: (_root, _args, { legacyMigration }) => legacyMigration.sources(),
  }),
);

const LegacyMigrationJob = builder.node(builder.objectRef<JobRecord<'LEGACY_MIGRATION'>>('LegacyMigrationJob'), {
  description: 'Takes over a legacy database. The items of its errors are rows, such as `models/12/images/0`.',
  interfaces: [Job],
  id: { resolve: ({ id }) => id },
  loadOne: (id, { jobs }) => jobs.find({ id, kind: 'LEGACY_MIGRATION' }),
  isTypeOf: (value) => (value as JobRecord).kind === 'LEGACY_MIGRATION',
  fields: (t) => ({
    report: t.field({
      type: ReportType,
      nullable: true,
      description: 'What became of each row and picture, once it has ended.',
      resolve: ({ result }) => result,
    }),
    account: t.field({
      type: ReportType,
      nullable: true,
      description: 'What became of each row and picture so far, while it runs; then its `report`. Null while another process runs it.',
      resolve: ({ id, result }, _args, { legacyMigration }) => result ?? legacyMigration.accountOf(id),
    }),
    reportUrl: t.string({
      description: 'The report with every item error, as JSON to download. A path on this service. For administrators.',
      authScopes: { admin: true },
      resolve: ({ id }, _args, { linkTo }) => linkTo(`/jobs/${encodePublicId('LegacyMigrationJob', id)}/report.json`),
    }),
  }),
});

export const PathMappingInput = builder.inputType('PathMapping', {
  description: 'A folder as the earlier application named it, and the same folder on this machine.',
  fields: (t) => ({
    from: t.string({ required: true, description: 'Such as `D:\\models`; in any case, with either separator.' }),
    to: t.string({ required: true, description: 'Such as `/srv/models`.' }),
  }),
});

const MigrateLegacyDatabaseInput = builder.inputType('MigrateLegacyDatabaseInput', {
  description: 'What to take over. Both paths lie in LEGACY_ROOTS.',
  fields: (t) => ({
    legacyDbPath: t.string({ required: true, description: 'The `hikaze_mm.sqlite3`; it is only read.' }),
    legacyImagesDir: t.string({ description: 'The folder of its pictures; without it they are skipped.' }),
    pathMappings: t.field({ type: [PathMappingInput], description: 'The longest that fits a path decides.' }),
  }),
});

builder.mutationField('migrateLegacyDatabase', (t) =>
  t.field({
    type: LegacyMigrationJob,
    description:
      'Starts to take over the database of the earlier application. It can be run again at any time: what is here is ' +
      'left alone. Follow the job with `migrationProgress`.',
    args: { input: t.arg({ type: MigrateLegacyDatabaseInput, required: true, description: 'What to take over.' }) },
    errors: {
      types: [LegacyDatabaseError, PathNotAllowedError, InvalidInputError, JobLockedError],
      union: { name: 'MigrateLegacyDatabaseResult', description: 'The job that was started, or why there is none.' },
    },
    resolve: (_root, { input }, { legacyMigration, requestedBy }) => legacyMigration.start({ ...input, requestedBy }),
  }),
);

builder.subscriptionField('migrationProgress', (t) =>
  t.field({
    type: LegacyMigrationJob,
    description:
      'A migration now and whenever it changes, at most five times a second, up to its final state. Without an ID: the ' +
      'one that runs, or the last one, and then every migration.',
    args: { jobId: t.arg.id({ description: 'The `id` of a LegacyMigrationJob.' }) },
    subscribe: (_root, { jobId }, context) => watchProgress(context, 'LEGACY_MIGRATION', jobId),
    resolve: (job) => job,
  }),
);
