import { isIP } from 'node:net';
import { defaultMaxPixels } from './defaults.ts';
import { CronPattern } from 'croner';
import { z } from 'zod';
import { toBlockList } from './address-list.ts';
import { isDatabaseUrl, isPostgresqlUrl } from './database-settings.ts';

// Every message is the "expected …" of a fault.
const portRule = 'a port from 1 to 65535, or 0 for any free one';
const folder = z.string();
const wholeNumber = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, 'a whole number of at least 1')
  .transform(Number);
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== ''),
);
// The limit is a day: Node's timers take what is much longer for no time at all.
const timeout = wholeNumber.refine((ms) => ms <= 86_400_000, 'a number of milliseconds from 1 to 86400000');

const addressList = list.refine(isAddressList, 'IP addresses or networks, such as 10.0.0.1,192.168.0.0/16');
const originList = list
  .refine((origins) => origins.every(isOrigin), 'origins, such as https://media.example,http://localhost:3000')
  .transform((origins) => origins.map((origin) => new URL(origin).origin));
const headerName = z
  .string()
  .regex(/^[!#$%&'*+.^`|~\w-]+$/, 'the name of a header')
  .transform((name) => name.toLowerCase());

/** The environment variables of the service, each with its default; relative paths are resolved by `loadSettings`. */
export const environmentSchema = z.object({
  HOST: z
    .string()
    .refine((host) => isIP(host) !== 0 || /^[A-Za-z0-9.-]+$/.test(host), 'a host name or an IP address, without a port')
    .default('127.0.0.1'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, portRule)
    .transform(Number)
    .refine((port) => port <= 65_535, portRule)
    .default(4000),
  DATA_DIR: folder.default('data'),
  LOG_DIR: folder.default('logs'),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'fatal, error, warn, info, debug, trace or silent',
    )
    .default('info'),
  DATABASE_URL: z
    .string()
    .refine(isDatabaseUrl, 'file:<path of a file>, or postgresql://<user>:<password>@<host>/<database>')
    .optional(),
  DATABASE_DIRECT_URL: z
    .string()
    .refine((url) => isDatabaseUrl(url) && isPostgresqlUrl(url), 'postgresql://<user>:<password>@<host>/<database>')
    .optional(),
  DATABASE_POOL_SIZE: wholeNumber
    .refine((connections) => connections >= 2 && connections <= 1_000, 'a whole number from 2 to 1000')
    .default(8),
  MEDIA_CONFIG: z.string().default('config/watch_media_dirs.yml'),
  COPYPARTY_URL: z
    .url({ protocol: /^https?$/, error: 'a URL that begins with http:// or https://' })
    .refine(isPlainUrl, 'a URL without user, query and fragment; the password goes into COPYPARTY_PASSWORD')
    .optional(),
  // The password travels in a header.
  COPYPARTY_PASSWORD: z
    .string()
    .regex(/^\P{Cc}*$/u, 'a password of one line, without control characters')
    .optional(),
  COPYPARTY_CONNECT_TIMEOUT_MS: timeout.default(3_000),
  COPYPARTY_FIRST_BYTE_TIMEOUT_MS: timeout.default(30_000),
  COPYPARTY_STALL_TIMEOUT_MS: timeout.default(30_000),
  BYTES_FROM: z.enum(['auto', 'copyparty', 'disk'], 'auto, copyparty or disk').default('auto'),
  INGEST_TARGET: z.enum(['disk', 'copyparty'], 'disk or copyparty').default('disk'),
  UPLOAD_MAX_BYTES: wholeNumber.default(20 * 1024 ** 3),
  UPLOAD_STALL_TIMEOUT_MS: timeout.default(60_000),
  JWT_SECRET: z.string().min(32, 'a secret of at least 32 characters').optional(),
  JWT_JWKS_URL: z.url({ protocol: /^https?$/, error: 'a URL that begins with http:// or https://' }).optional(),
  JWT_ALGORITHM: z
    .string()
    .regex(/^(HS|RS|PS|ES)(256|384|512)$|^EdDSA$/, 'one of HS256, RS256, PS256, ES256 (or 384, 512), EdDSA')
    .optional(),
  JWT_ISSUER: z.string().optional(),
  JWT_AUDIENCE: z.string().optional(),
  JWT_ROLE_CLAIM: z.string().default('role'),
  TRUSTED_PROXIES: addressList.default([]),
  PROXY_USER_HEADER: headerName.default('remote-user'),
  PROXY_ROLES_HEADER: headerName.default('remote-groups'),
  VIEWER_GROUPS: z.string().default(''),
  EDITOR_GROUPS: z.string().default(''),
  ADMIN_GROUPS: z.string().default(''),
  WRONG_TOKENS_PER_MINUTE: wholeNumber.default(20),
  URL_LIFETIME_HOURS: wholeNumber.refine((hours) => hours <= 720, 'a number of hours from 1 to 720').default(12),
  CORS_ORIGINS: originList.default([]),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'a URL that begins with http:// or https://' })
    .refine(isPlainUrl, 'a URL without user, query and fragment, such as https://media.example/shelf')
    .optional(),
  IMAGE_MAX_PIXELS: wholeNumber.default(defaultMaxPixels),
  THUMBNAIL_CACHE_BYTES: wholeNumber.default(1024 ** 3),
  THUMBNAILS_AHEAD: z
    .enum(['off', 'small', 'medium', 'large', 'screen'], { error: 'off, small, medium, large or screen' })
    .default('off'),
  GPS: z.stringbool({ error: 'on or off' }).default(true),
  FFMPEG_PATH: z.string().optional(),
  MODEL_ROOTS: folder.optional(),
  LEGACY_ROOTS: folder.optional(),
  MOCK_HASHER: z.stringbool({ error: 'on or off' }).default(false),
  PROXIES_AFTER_SCAN: z.stringbool({ error: 'on or off' }).default(false),
  S3_BUCKET: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$/, 'the name of a bucket')
    .optional(),
  S3_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'a URL that begins with http:// or https://' })
    .refine(isPlainUrl, 'a URL without user, query and fragment; credentials go into AWS_ACCESS_KEY_ID and so on')
    .optional(),
  S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]+$/, 'a region such as us-east-1')
    .default('us-east-1'),
  S3_FORCE_PATH_STYLE: z.stringbool({ error: 'on or off' }).optional(),
  S3_URL_LIFETIME_SECONDS: wholeNumber
    .refine((seconds) => seconds <= 604_800, 'a number of seconds from 1 to 604800 (a week)')
    .default(3_600),
  NODE_ENV: z.enum(['development', 'production', 'test'], 'development, production or test').default('development'),
  FINGERPRINTS: z.enum(['first-sight', 'on-match', 'off'], 'first-sight, on-match or off').default('first-sight'),
  SCAN_LOSSES_PERCENT: z
    .string()
    .regex(/^(?:\d{1,2}|100)$/, 'a whole number from 0 to 100')
    .transform(Number)
    .default(30),
  SCAN_LOSSES_ITEMS: wholeNumber.default(20),
  SCAN_SHORTCUT: z.stringbool({ error: 'on or off' }).default(false),
  SCAN_FULL_EVERY_HOURS: wholeNumber.default(168),
  SCAN_ON_START: z.stringbool({ error: 'on or off' }).default(true),
  SCAN_SCHEDULE: z.string().refine(isCronPattern, 'a cron pattern such as "0 3 * * *"').optional(),
  WATCH: z.stringbool({ error: 'on or off' }).default(false),
  WATCH_QUIET_MS: timeout.default(3_000),
  WATCH_POLL_MINUTES: wholeNumber
    .refine((minutes) => minutes <= 1_440, 'a number of minutes from 1 to 1440')
    .default(15),
  INTROSPECTION: z.stringbool({ error: 'on or off' }).optional(),
  GRAPHQL_MAX_DEPTH: wholeNumber.default(12),
  GRAPHQL_MAX_ALIASES: wholeNumber.default(15),
  GRAPHQL_MAX_DIRECTIVES: wholeNumber.default(5),
  GRAPHQL_MAX_TOKENS: wholeNumber.default(1_000),
  GRAPHQL_MAX_COST: wholeNumber.default(50_000),
  GRAPHQL_MAX_BODY_BYTES: wholeNumber.default(1024 ** 2),
  PRESSURE: z.stringbool({ error: 'on or off' }).default(true),
  PRESSURE_MAX_EVENT_LOOP_DELAY_MS: timeout.default(1_000),
  PRESSURE_MAX_HEAP_PERCENT: wholeNumber
    .refine((percent) => percent <= 100, 'a whole number from 1 to 100')
    .default(90),
  PRESSURE_MAX_RSS_BYTES: wholeNumber.optional(),
  UPLOADS_AT_ONCE: wholeNumber.default(256),
  ARCHIVES_AT_ONCE: wholeNumber.default(16),
  SUBSCRIPTIONS_AT_ONCE: wholeNumber.default(1_000),
  METRICS: z.stringbool({ error: 'on or off' }).default(true),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\w.~+/=-]{16,}$/, 'at least 16 letters, digits or signs of ._~+/=-')
    .optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'a URL that begins with http:// or https://' })
    .refine(isPlainUrl, 'a URL without user, query and fragment; credentials go into OTEL_EXPORTER_OTLP_HEADERS')
    .optional(),
  OTEL_SERVICE_NAME: z.string().default('mediashelf'),
  PERSISTED_OPERATIONS: z.string().optional(),
  PERSISTED_OPERATIONS_ONLY: z.stringbool({ error: 'on or off' }).default(false),
  GRAPHIQL: z.stringbool({ error: 'on or off' }).optional(),
  WEB: z.stringbool({ error: 'on or off' }).default(true),
});

export type Environment = z.output<typeof environmentSchema>;
export type EnvironmentVariable = keyof Environment;

function isAddressList(addresses: string[]): boolean {
  try {
    toBlockList(addresses);
    return true;
  } catch {
    return false; // the message of the setting says what would be right
  }
}

/** Whether it is a scheme, a host and perhaps a port, in any case; the scheme's own port may be written or not. */
function isOrigin(text: string): boolean {
  return /^https?:\/\/[^/?#@\\]+$/i.test(text) && URL.canParse(text);
}

function isCronPattern(text: string): boolean {
  try {
    return typeof new CronPattern(text) === 'object';
  } catch {
    return false; // the message of the setting says what would be right
  }
}

function isPlainUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url === null || url.username + url.password + url.search + url.hash === '';
}
