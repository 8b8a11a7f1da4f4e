import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { PathNotAllowedError } from '../../library/hashing/hash-errors.ts';
import { LegacyDatabaseError } from '../../library/legacy/legacy-errors.ts';
import type { PathMapping } from '../../library/legacy/map-path.ts';
import type { LegacyPreview } from '../../library/legacy/migrate.ts';
import { filesChecked, type MappingHits } from '../../library/legacy/preview/preview-migration.ts';
import { builder } from './builder.ts';
import { PathMappingInput } from './legacy.schema.ts';

const MappedPathType = builder.objectRef<{ legacyPath: string; path: string }>('MappedPath').implement({
  description: 'Where a file was, and where it is looked for.',
  fields: (t) => ({
    legacyPath: t.exposeString('legacyPath', { description: 'As the earlier application had it.' }),
    path: t.exposeString('path', { description: 'On this machine.' }),
  }),
});

const MappingHitsType = builder.objectRef<MappingHits & Partial<PathMapping>>('MappingHits').implement({
  description: 'What a path mapping, or the lack of one, would do to the models whose paths it decides.',
  fields: (t) => ({
    from: t.string({
      nullable: true,
      description: 'As it was given; null for the paths that no mapping fits.',
      resolve: ({ from }) => from ?? null,
    }),
    to: t.string({ nullable: true, description: 'As it was given.', resolve: ({ to }) => to ?? null }),
    modelCount: t.exposeInt('modelCount', { description: 'How many models.' }),
    checkedCount: t.exposeInt('checkedCount', {
      description: `How many of their files were looked for: at most ${filesChecked}, spread over all of them.`,
    }),
    foundCount: t.exposeInt('foundCount', { description: 'How many of these are there.' }),
    outsideCount: t.exposeInt('outsideCount', {
      description: "How many of these lie outside of the categories' roots and MODEL_ROOTS, and could not be hashed.",
    }),
    example: t.expose('example', { type: MappedPathType, nullable: true, description: 'The first of the paths.' }),
  }),
});

const SuggestedMappingType = builder.objectRef<PathMapping>('SuggestedMapping').implement({
  description: 'A mapping by which files are found.',
  fields: (t) => ({
    from: t.exposeString('from', { description: 'As the earlier application named the folder.' }),
    to: t.exposeString('to', { description: 'The same folder on this machine.' }),
  }),
});

const UnmappedFolderType = builder
  .objectRef<LegacyPreview['unmappedFolders'][number]>('UnmappedFolder')
  .implement({
    description: 'The folder that the models of a drive, a share or a top folder have in common, and that no mapping fits.',
    fields: (t) => ({
      path: t.exposeString('path', { description: 'As the earlier application had it.' }),
      modelCount: t.exposeInt('modelCount', { description: 'How many models lay in it.' }),
      suggestion: t.expose('suggestion', {
        type: SuggestedMappingType,
        nullable: true,
        description: 'A mapping by which some of its files are found; null where none was.',
      }),
    }),
  });

const LegacyPreviewType = builder.objectRef<LegacyPreview>('LegacyPreview').implement({
  description: 'What a legacy migration would find, and where its path mappings lead. Nothing was written.',
  fields: (t) => ({
    modelCount: t.exposeInt('modelCount', { description: 'Models in the database, with and without a hash.' }),
    tagCount: t.exposeInt('tagCount', { description: 'Tags in the database.' }),
    mappings: t.expose('mappings', { type: [MappingHitsType], description: 'In the order in which they were given.' }),
    unmapped: t.expose('unmapped', { type: MappingHitsType, description: 'The paths that no mapping fits, which stay.' }),
    unmappedFolders: t.expose('unmappedFolders', {
      type: [UnmappedFolderType],
      description: 'Where those models lay, the most first; none where all of them are found as they are.',
    }),
    pictureFolders: t.exposeStringList('pictureFolders', {
      description: 'Folders beside the database that have pictures in them: what `legacyImagesDir` may be.',
    }),
  }),
});

builder.queryField('legacyPreview', (t) =>
  t.field({
    type: LegacyPreviewType,
    description:
      'Reads every path of a legacy database and says what a migration with these mappings would find. It writes nothing. ' +
      'For administrators.',
    authScopes: { admin: true },
    args: {
      legacyDbPath: t.arg.string({ required: true, description: 'In LEGACY_ROOTS, as `migrateLegacyDatabase` takes it.' }),
      pathMappings: t.arg({ type: [PathMappingInput], description: 'The longest that fits a path decides.' }),
    },
    errors: {
      types: [LegacyDatabaseError, PathNotAllowedError, InvalidInputError],
      union: { name: 'LegacyPreviewResult', description: 'What would be found, or why nothing can be.' },
    },
    resolve: (_root, { legacyDbPath, pathMappings }, { legacyMigration }) =>
      legacyMigration.preview({ legacyDbPath, pathMappings: pathMappings ?? [] }),
  }),
);
