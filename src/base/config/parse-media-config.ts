import type { z } from 'zod';
import { buildMediaConfig } from './build-media-config.ts';
import { checkCategories } from './check-categories.ts';
import { MediaConfigError, type ConfigFault } from './config-errors.ts';
import { describeFound } from './describe-found.ts';
import { findOverlaps } from './find-overlapping-roots.ts';
import { findUnknownKeys, nearestKey } from './find-unknown-keys.ts';
import { describeKeyPath } from './locate-key.ts';
import { mediaConfigSchema } from './media-config-schema.ts';
import type { MediaConfig, WarningPlace } from './media-config.ts';
import { readYaml, type YamlSource } from './read-yaml.ts';

/**
 * Parses the text of a `watch_media_dirs.yml` into a configuration with all inheritance done. Touches no disk:
 * `path`, absolute, names the file in messages, and relative roots start at the parent of its folder.
 *
 * @throws {MediaConfigError} with every fault of syntax, shape, and between the categories.
 */
export function parseMediaConfig(text: string, path: string): MediaConfig {
  const source = readYaml(text);
  if (source.value === undefined) throw new MediaConfigError(path, source.faults);

  const result = mediaConfigSchema.safeParse(source.value, { reportInput: true });
  const faults = [
    ...source.faults,
    ...(result.error?.issues ?? []).map((issue) => faultOfIssue(issue, source)),
    ...checkCategories(source.value).map(({ path, ...fault }) => locateFault(path, fault, source)),
  ];
  if (!result.success || faults.length > 0) throw new MediaConfigError(path, inFileOrder(faults));

  const config = buildMediaConfig(result.data, path);
  const warnings = [
    ...source.warnings.map((warning) => ({ key: '', ...warning })),
    ...warnOfUnknownKeys(source),
    ...[...findOverlaps(config.categories)].map(({ warning, index }) =>
      locateWarning(['categories', index, 'root_path'], warning, source),
    ),
  ];
  if (warnings.length === 0) return config;
  const warningPlaces = new Map(warnings.map(({ warning, ...place }) => [warning, place]));
  return { ...config, warnings: warnings.map(({ warning }) => warning), warningPlaces };
}

type LocatedWarning = WarningPlace & { warning: string };

function locateWarning(path: PropertyKey[], warning: string, source: YamlSource): LocatedWarning {
  return { key: describeKeyPath(path), ...source.position(path), warning };
}

function faultOfIssue({ path, message, input }: z.core.$ZodIssue, source: YamlSource): ConfigFault {
  return locateFault(path, { found: describeFound(input), expected: message }, source);
}

function locateFault(
  path: PropertyKey[],
  fault: Pick<ConfigFault, 'found' | 'expected'>,
  source: YamlSource,
): ConfigFault {
  return { key: describeKeyPath(path), ...source.position(path), ...fault };
}

function inFileOrder(faults: ConfigFault[]): ConfigFault[] {
  return faults.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

function* warnOfUnknownKeys(source: YamlSource): Generator<LocatedWarning> {
  for (const { path, known } of findUnknownKeys(mediaConfigSchema, source.value)) {
    const suggestion = nearestKey(String(path.at(-1)), known);
    const hint = suggestion ? `did you mean ${suggestion}?` : `known there: ${known.join(', ')}.`;
    const { line } = source.position(path);
    yield locateWarning(
      path,
      `${describeKeyPath(path)} (line ${line}) is no known key and is ignored; ${hint}`,
      source,
    );
  }
}
