import { settingDescriptions } from '../../src/base/config/setting-descriptions.ts';
import { environmentSchema, type EnvironmentVariable } from '../../src/base/config/settings-schema.ts';
import { maxPageSize } from '../../src/base/paging.ts';
import { taskLimitsMs } from '../../src/library/workers/task-limits.ts';
import type { TaskName } from '../../src/library/workers/tasks.ts';
import { maxListLength } from '../../src/service/schema/limit-lists.ts';
import { markdownTable } from './markdown-table.ts';

/** The tables of docs/limits.md, as far as the code knows the numbers. */
export function limitsTables(): Record<string, string> {
  return {
    'limits of settings': markdownTable(
      ['limit', 'setting', 'default', 'beyond it'],
      adjustable.map(([limit, variable, beyond]) => [limit, `\`${variable}\``, defaultOf(variable), beyond]),
    ),
    'limits of lists': markdownTable(
      ['list', 'at most'],
      [
        ['items of a page (`first`, `last`)', String(maxPageSize)],
        ['IDs in `nodes(ids:)`', String(maxPageSize)],
        ['entries of any other list among the arguments of a field', String(maxListLength)],
      ],
    ),
    'limits of workers': markdownTable(
      ['task', 'work', 'time'],
      Object.entries(taskLimitsMs)
        .filter(([, ms]) => ms !== Infinity)
        .map(([name, ms]) => [`\`${name}\``, works[name as TaskName] ?? '', `${ms / 1000} s`]),
    ),
  };
}

const busy = '503 with `Retry-After`';
const refused = 'the operation is refused, nothing of it runs';

const adjustable: readonly (readonly [limit: string, variable: EnvironmentVariable, beyond: string])[] = [
  ['levels of an operation', 'GRAPHQL_MAX_DEPTH', refused],
  ['aliases of an operation', 'GRAPHQL_MAX_ALIASES', refused],
  ['directives of an operation', 'GRAPHQL_MAX_DIRECTIVES', refused],
  ['words and signs of an operation', 'GRAPHQL_MAX_TOKENS', 'the operation is refused before it is parsed'],
  ['cost of an operation: 2 an object, 1 a value, times 1.5 a level', 'GRAPHQL_MAX_COST', refused],
  ['bytes of a JSON body', 'GRAPHQL_MAX_BODY_BYTES', '413'],
  ['bytes of an uploaded file', 'UPLOAD_MAX_BYTES', '`FILE_TOO_LARGE`, 413; nothing is kept'],
  ['how long an upload sends nothing', 'UPLOAD_STALL_TIMEOUT_MS', '408; a whole upload may take any time'],
  ['uploads at once', 'UPLOADS_AT_ONCE', busy],
  ['archives at once', 'ARCHIVES_AT_ONCE', busy],
  ['subscriptions at once', 'SUBSCRIPTIONS_AT_ONCE', busy],
  ['pixels of a picture', 'IMAGE_MAX_PIXELS', 'the picture is not decoded'],
  ['cache of rendered pictures', 'THUMBNAIL_CACHE_BYTES', 'those that nobody asked for longest are removed'],
  ['delay of the event loop, on average over a second', 'PRESSURE_MAX_EVENT_LOOP_DELAY_MS', busy],
  ["use of Node's heap", 'PRESSURE_MAX_HEAP_PERCENT', busy],
  ['memory of the process', 'PRESSURE_MAX_RSS_BYTES', busy],
  ['wrong tokens a minute from one address', 'WRONG_TOKENS_PER_MINUTE', '429 for further wrong ones'],
  ['life of a signed URL, at least; at most twice as long', 'URL_LIFETIME_HOURS', '401'],
  ['life of a presigned URL of the object storage', 'S3_URL_LIFETIME_SECONDS', 'the store refuses it'],
  ['connecting to copyparty', 'COPYPARTY_CONNECT_TIMEOUT_MS', '502'],
  ['waiting for the first byte of copyparty', 'COPYPARTY_FIRST_BYTE_TIMEOUT_MS', '504'],
  ["a pause within copyparty's answer", 'COPYPARTY_STALL_TIMEOUT_MS', '502, or the response is broken off'],
];

const works: Partial<Record<TaskName, string>> = {
  makePlaceholders: 'the placeholders of 32 thumbnails',
  renderPicture: 'a poster or thumbnail',
  renderStoryboard: 'the storyboard of a film',
  locateTiles: 'what to fetch for a storyboard',
  convertSubtitle: 'a large subtitle as WebVTT',
  renderProxy: 'an image proxy',
  makeTiers: 'the three sizes of a picture of a model',
  probeFiles: 'the headers of a batch of files',
};

const defaults = environmentSchema.parse({});

/** With its unit, which the name of the variable ends in. */
function defaultOf(variable: EnvironmentVariable): string {
  const value = defaults[variable];
  if (typeof value !== 'number') return settingDescriptions.find((row) => row.variable === variable)?.default ?? '';
  if (variable.endsWith('_BYTES')) return inBinaryUnits(value);
  if (variable.endsWith('_MS')) return `${value / 1000} s`;
  if (variable.endsWith('_SECONDS')) return `${grouped(value)} s`;
  if (variable.endsWith('_HOURS')) return `${value} hours`;
  return variable.endsWith('_PERCENT') ? `${value} %` : grouped(value);
}

function inBinaryUnits(bytes: number): string {
  return bytes >= 1024 ** 3 ? `${bytes / 1024 ** 3} GiB` : `${bytes / 1024 ** 2} MiB`;
}

/** Thousands stand apart in numbers of five digits and more. */
function grouped(value: number): string {
  return value < 10_000 ? String(value) : String(value).replaceAll(/\B(?=(?:\d{3})+$)/g, ' ');
}
