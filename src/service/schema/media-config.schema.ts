import { builder } from './builder.ts';
import { ErrorInterface } from './error-interface.ts';
import {
  MediaConfigError,
  MediaConfigMissingError,
  MediaConfigUnreadableError,
  type ConfigFault,
} from '../../base/config/config-errors.ts';
import type { MediaConfig, WarningPlace } from '../../base/config/media-config.ts';

const ConfigFaultType = builder.objectRef<ConfigFault>('ConfigFault').implement({
  description: 'One thing that is wrong in the media configuration.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Such as `categories[2].root_path`; empty for the file as a whole.' }),
    line: t.exposeInt('line', { nullable: true, description: 'From 1; null where no place in the file is at fault.' }),
    column: t.exposeInt('column', { nullable: true, description: 'From 1.' }),
    found: t.exposeString('found', { description: 'What stands there.' }),
    expected: t.exposeString('expected', { description: 'What would be right.' }),
  }),
});

builder.objectType(MediaConfigError, {
  name: 'MediaConfigError',
  description: 'The media configuration breaks its format. The last good one stays in force.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    path: t.exposeString('path', { description: "The file on the service's machine." }),
    faults: t.expose('faults', { type: [ConfigFaultType], description: 'All of them, in the order of the file.' }),
  }),
});

builder.objectType(MediaConfigMissingError, {
  name: 'MediaConfigMissingError',
  description: 'The media configuration is gone. The last good one stays in force.',
  interfaces: [ErrorInterface],
  fields: (t) => ({ path: t.exposeString('path', { description: "The file on the service's machine." }) }),
});

builder.objectType(MediaConfigUnreadableError, {
  name: 'MediaConfigUnreadableError',
  description: 'The media configuration cannot be read. The last good one stays in force.',
  interfaces: [ErrorInterface],
  fields: (t) => ({ path: t.exposeString('path', { description: "The file on the service's machine." }) }),
});

const ConfigWarningType = builder.objectRef<WarningPlace & { message: string }>('ConfigWarning').implement({
  description: 'Something in the media configuration that its owner may not have meant.',
  fields: (t) => ({
    message: t.exposeString('message', { description: 'A full sentence.' }),
    key: t.exposeString('key', { description: 'Such as `categories[2].root_path`; empty for the file as a whole.' }),
    line: t.exposeInt('line', { nullable: true, description: 'From 1; null where no place in the file is known.' }),
    column: t.exposeInt('column', { nullable: true, description: 'From 1.' }),
  }),
});

const MediaConfigType = builder.objectRef<MediaConfig>('MediaConfig').implement({
  description: 'The media configuration that is in force.',
  fields: (t) => ({
    path: t.exposeString('path', { description: "The file on the service's machine." }),
    version: t.exposeInt('version', { description: "The file's own `version`." }),
    categoryKeys: t.stringList({
      description: 'In the order of the file.',
      resolve: ({ categories }) => categories.map(({ key }) => key),
    }),
    warnings: t.exposeStringList('warnings', { description: 'What its owner may not have meant.' }),
    locatedWarnings: t.field({
      type: [ConfigWarningType],
      description: 'The same warnings, with their places in the file.',
      resolve: ({ warnings, warningPlaces }) =>
        warnings.map((message) => ({ key: '', line: null, column: null, ...warningPlaces?.get(message), message })),
    }),
    loadedAt: t.field({
      type: 'DateTime',
      description: 'When the file was last read and found good.',
      resolve: (_config, _args, { mediaConfig }) => mediaConfig.loadedAt(),
    }),
  }),
});

builder.queryField('mediaConfig', (t) =>
  t.field({
    type: MediaConfigType,
    description: 'The media configuration that is in force, as it was last read. For administrators.',
    authScopes: { admin: true },
    resolve: (_root, _args, { mediaConfig }) => mediaConfig.current(),
  }),
);

builder.mutationField('reloadMediaConfig', (t) =>
  t.field({
    type: MediaConfigType,
    description: 'Reads the media configuration again. With a wrong file the last good one stays in force.',
    errors: {
      types: [MediaConfigError, MediaConfigMissingError, MediaConfigUnreadableError],
      union: { name: 'ReloadMediaConfigResult', description: 'What is in force now, or why that did not change.' },
    },
    resolve: (_root, _args, { mediaConfig }) => mediaConfig.reload(),
  }),
);
