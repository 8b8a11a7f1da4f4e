import { z } from 'zod';
import { imageProxiesSchema } from './image-proxies-schema.ts';
import type { JsonValue } from './media-config.ts';
import { isDriveRelative } from './root-path.ts';

// Every message is the "expected …" of a fault. `nullish` because `playback:` with nothing behind it is null in YAML,
// and its writer meant "not set".

/** Accepts true, false and the words that YAML 1.1 took for them: the earlier services read their files as 1.1. */
export const yamlBoolean = z.union([z.boolean(), z.stringbool()], 'true or false');

const text = z
  .string({ error: ({ input }) => (typeof input === 'number' ? 'text: put the number in quotes' : 'text') })
  .regex(/\S/, 'text that is not empty');
const glob = z.string('a glob such as "**/*.mp4"').regex(/\S/, 'a glob such as "**/*.mp4"');
const freeForm = z.custom<JsonValue>(
  (value) => z.json().safeParse(value).success,
  'values that JSON has too, so neither .nan nor .inf',
);

const levelSchema = z.object({ name: text, key: text }, 'a mapping with name and key');

const inheritable = {
  media_type: z
    .enum(['video', 'audio', 'image'], 'video, audio or image')
    .transform((value) => value.toUpperCase() as Uppercase<typeof value>)
    .nullish(),
  storage_format: z
    .enum(['collection', 'series', 'group', 'item'], 'collection, series, group or item')
    .transform((value) => value.toUpperCase() as Uppercase<typeof value>)
    .nullish(),
  include_patterns: z
    .array(glob, 'a list of globs')
    .min(1, 'at least one glob; without the key, the default patterns serve')
    .nullish(),
  exclude_patterns: z.array(glob, 'a list of globs').nullish(),
  exclude_litter: yamlBoolean.nullish(),
  hierarchy: z.object({ levels: z.array(levelSchema, 'a list of levels') }, 'a mapping with levels').nullish(),
  root_marker: yamlBoolean.nullish(),
  playback: freeForm.nullish(),
  ui: freeForm.nullish(),
};

const categorySchema = z.object(
  {
    // These characters need no escaping in a URL (RFC 3986 section 2.3). A dot in front could make `..`.
    key: text.regex(
      /^[A-Za-z0-9_][A-Za-z0-9._~-]*$/,
      'a key of letters (a-z), digits and . _ ~ - that begins with a letter, a digit or _: it is a part of URLs',
    ),
    label: text,
    default: yamlBoolean.nullish(),
    root_path: text.refine(
      (path) => !isDriveRelative(path),
      'a folder, with a slash after the drive letter, such as T:/Movies',
    ),
    copyparty_path: text.regex(/^\//, 'a path that begins with a slash').nullish(),
    ...inheritable,
  },
  'a mapping with key, label and root_path',
);

const tierRule = 'a mapping with scale, over 0 to 1, and quality, 1 to 100';
const tierSchema = z.object(
  {
    scale: z.number('a number over 0, at most 1').gt(0, 'a number over 0').max(1, 'a number of at most 1').nullish(),
    quality: z
      .int('a whole number')
      .min(1, 'a whole number from 1 to 100')
      .max(100, 'a whole number from 1 to 100')
      .nullish(),
  },
  tierRule,
);

const modelImagesSchema = z.object(
  {
    max_pixels: z.int('a whole number of pixels').min(1, 'a whole number of pixels from 1').nullish(),
    tiers: z
      .object(
        { high: tierSchema.nullish(), medium: tierSchema.nullish(), low: tierSchema.nullish() },
        'a mapping with high, medium and low',
      )
      .nullish(),
  },
  'a mapping with max_pixels and tiers',
);

// Clients get the version as GraphQL's Int, which has 32 bits.
const maxVersion = 2 ** 31 - 1;
const versionRule = `a whole number from 1 to ${maxVersion}`;

/** The shape of a `watch_media_dirs.yml` as it is written; rules across categories are in `check-categories.ts`. */
export const mediaConfigSchema = z.object(
  {
    version: z.int('a whole number, such as 2').min(1, versionRule).max(maxVersion, versionRule),
    defaults: z.object(inheritable, 'a mapping').nullish(),
    categories: z.array(categorySchema, 'a list of categories').min(1, 'at least one category'),
    model_images: modelImagesSchema.nullish(),
    image_proxies: imageProxiesSchema,
    validation: z
      .object({ strict: yamlBoolean.nullish(), allow_missing: yamlBoolean.nullish() }, 'a mapping')
      .nullish(),
  },
  'a mapping with version and categories',
);

export type RawMediaConfig = z.output<typeof mediaConfigSchema>;
export type RawCategory = z.output<typeof categorySchema>;
