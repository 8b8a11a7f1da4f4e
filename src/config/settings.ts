import { delimiter, join, resolve } from 'node:path';
import type { z } from 'zod';
import { readJwtSettings, readProxySettings, type JwtSettings, type ProxySettings } from './access-settings.ts';
import { SettingsError, type ConfigFault } from './config-errors.ts';
import { absoluteDatabaseUrl } from './database-url.ts';
import { describeFound } from './describe-found.ts';
import { environmentSchema, type Environment, type EnvironmentVariable } from './settings-schema.ts';

export interface Settings {
  host: string;
  /** 0: the system chooses a free one. */
  port: number;
  /** Absolute, as all paths here. */
  dataDir: string;
  logDir: string;
  logLevel: Environment['LOG_LEVEL'];
  /** `file:` with an absolute path, or `postgresql://…`. */
  databaseUrl: string;
  mediaConfigPath: string;
  /** Absent: bytes come from the disk. */
  copypartyUrl?: string;
  copypartyPassword?: string;
  copypartyTimeouts: { connectMs: number; firstByteMs: number; stallMs: number };
  bytesFrom: Environment['BYTES_FROM'];
  ingestTarget: Environment['INGEST_TARGET'];
  uploadMaxBytes: number;
  uploadStallTimeoutMs: number;
  /** Null where none are accepted. */
  jwt: JwtSettings | null;
  /** Null where none are trusted. */
  proxy: ProxySettings | null;
  /** How many wrong tokens an address may send. */
  wrongTokensPerMinute: number;
  /** How long a signed URL is good, at least. */
  urlLifetimeMs: number;
  /** Web pages of these origins may use the service. */
  corsOrigins: string[];
  introspection: boolean;
  graphqlLimits: GraphQLLimits;
  imageMaxPixels: number;
  thumbnailCacheBytes: number;
  /** Folders that hashing may read, beside the categories' roots. */
  modelRoots: string[];
  /** Folders that the migration of a legacy database may read. */
  legacyRoots: string[];
  /** For development: stand-ins of large files get the hashes of what they stand for. */
  mockHasher: boolean;
  proxiesAfterScan: boolean;
  /** Absent: nothing can be handed over for analysis. */
  s3?: S3Settings;
  nodeEnv: Environment['NODE_ENV'];
  fingerprints: Environment['FINGERPRINTS'];
  scanLosses: { percent: number; items: number };
  scanOnStart: boolean;
  /** Absent: scans are not scheduled. */
  scanSchedule?: string;
  /** Null: roots are not watched. */
  watch: { quietMs: number; pollMs: number } | null;
  graphiql: boolean;
}

interface S3Settings {
  bucket: string;
  /** Absent: AWS. */
  endpoint?: string;
  region: string;
  forcePathStyle: boolean;
  urlLifetimeSeconds: number;
}

/** How much one operation may ask for. */
export interface GraphQLLimits {
  /** Levels of fields. */
  depth: number;
  aliases: number;
  directives: number;
  /** Words and signs of the document. */
  tokens: number;
  /** Of all fields: 2 for an object, 1 for a value, times 1.5 for each level. */
  cost: number;
  /** Of a request's body. */
  bodyBytes: number;
}

export interface SettingDescription {
  variable: EnvironmentVariable;
  /** As a person would write it, or the rule by which it is chosen. */
  default: string;
  meaning: string;
}

/** The table of `serve --help` and of the README. */
export const settingDescriptions: readonly SettingDescription[] = [
  { variable: 'HOST', default: '127.0.0.1', meaning: 'address to listen on' },
  { variable: 'PORT', default: '4000', meaning: 'port to listen on; 0 takes any free one' },
  { variable: 'DATA_DIR', default: 'data', meaning: 'database, image store, proxies, uploads in flight' },
  { variable: 'LOG_DIR', default: 'logs', meaning: 'folder of media_deletions.log' },
  { variable: 'LOG_LEVEL', default: 'info', meaning: "level of the service's own log, which goes to stdout" },
  { variable: 'DATABASE_URL', default: 'file:<DATA_DIR>/catalogue.db', meaning: 'SQLite file, or postgresql://…' },
  { variable: 'MEDIA_CONFIG', default: 'config/watch_media_dirs.yml', meaning: 'the file with the categories' },
  { variable: 'COPYPARTY_URL', default: 'unset', meaning: 'copyparty that serves the bytes; unset: the disk does' },
  { variable: 'COPYPARTY_PASSWORD', default: 'unset', meaning: 'password for copyparty' },
  { variable: 'COPYPARTY_CONNECT_TIMEOUT_MS', default: '3000', meaning: 'after this long, copyparty is unreachable' },
  { variable: 'COPYPARTY_FIRST_BYTE_TIMEOUT_MS', default: '30000', meaning: 'how long it may take to begin an answer' },
  { variable: 'COPYPARTY_STALL_TIMEOUT_MS', default: '30000', meaning: 'how long it may pause within an answer' },
  { variable: 'BYTES_FROM', default: 'auto', meaning: 'copyparty, disk, or auto: the disk while copyparty is down' },
  { variable: 'INGEST_TARGET', default: 'disk', meaning: 'where uploads are put: disk, or copyparty' },
  { variable: 'UPLOAD_MAX_BYTES', default: '21474836480', meaning: 'an upload of more bytes is refused' },
  { variable: 'UPLOAD_STALL_TIMEOUT_MS', default: '60000', meaning: 'how long an upload may send nothing' },
  { variable: 'JWT_SECRET', default: 'unset', meaning: 'secret shared with who signs JSON web tokens' },
  { variable: 'JWT_JWKS_URL', default: 'unset', meaning: 'where the public keys of who signs them are' },
  { variable: 'JWT_ALGORITHM', default: 'HS256, with JWT_JWKS_URL RS256', meaning: 'the one that is accepted' },
  { variable: 'JWT_ISSUER', default: 'unset', meaning: "what a token's `iss` has to be" },
  { variable: 'JWT_AUDIENCE', default: 'unset', meaning: "what a token's `aud` has to name" },
  { variable: 'JWT_ROLE_CLAIM', default: 'role', meaning: 'where the role stands, such as realm_access.roles' },
  {
    variable: 'TRUSTED_PROXIES',
    default: 'unset',
    meaning: 'addresses or networks whose identity headers are believed',
  },
  { variable: 'PROXY_USER_HEADER', default: 'remote-user', meaning: 'the header in which they name the user' },
  { variable: 'PROXY_ROLES_HEADER', default: 'remote-groups', meaning: 'and the one with viewer, editor or admin' },
  { variable: 'WRONG_TOKENS_PER_MINUTE', default: '20', meaning: 'how many an address may send before it is told 429' },
  { variable: 'URL_LIFETIME_HOURS', default: '12', meaning: 'how long the URLs of bytes and pictures are good' },
  { variable: 'CORS_ORIGINS', default: 'unset', meaning: 'origins of web pages that may use the service' },
  { variable: 'IMAGE_MAX_PIXELS', default: '120000000', meaning: 'a picture of more pixels is not decoded' },
  {
    variable: 'THUMBNAIL_CACHE_BYTES',
    default: '1073741824',
    meaning: 'room for rendered pictures in DATA_DIR/thumbnails',
  },
  {
    variable: 'MODEL_ROOTS',
    default: 'unset',
    meaning: 'folders, with : between, that may be hashed beside the categories',
  },
  { variable: 'LEGACY_ROOTS', default: 'unset', meaning: 'folders, with : between, that a legacy migration may read' },
  { variable: 'MOCK_HASHER', default: 'off', meaning: 'for development: shadow files get the hashes of the real ones' },
  {
    variable: 'PROXIES_AFTER_SCAN',
    default: 'off',
    meaning: 'whether image proxies are made of what a scan found: on or off',
  },
  { variable: 'S3_BUCKET', default: 'unset', meaning: 'bucket that images are handed over in for analysis' },
  { variable: 'S3_ENDPOINT', default: 'unset', meaning: 'URL of a store that speaks S3; unset: AWS' },
  { variable: 'S3_REGION', default: 'us-east-1', meaning: 'region of the bucket' },
  {
    variable: 'S3_FORCE_PATH_STYLE',
    default: 'on with S3_ENDPOINT, else off',
    meaning: 'whether the bucket stands in the path of its URLs: on or off',
  },
  { variable: 'S3_URL_LIFETIME_SECONDS', default: '3600', meaning: 'how long presigned URLs work' },
  { variable: 'NODE_ENV', default: 'development', meaning: 'development, production or test' },
  {
    variable: 'FINGERPRINTS',
    default: 'first-sight',
    meaning: 'when files are read so that a moved one is known again: first-sight, on-match or off',
  },
  {
    variable: 'SCAN_LOSSES_PERCENT',
    default: '30',
    meaning: 'a scan that would lose a larger share of a category is held; 100: none is',
  },
  { variable: 'SCAN_LOSSES_ITEMS', default: '20', meaning: 'losses of fewer files are never held' },
  {
    variable: 'SCAN_ON_START',
    default: 'on',
    meaning: 'whether `serve` scans every category when it starts: on or off',
  },
  { variable: 'SCAN_SCHEDULE', default: 'unset', meaning: 'when `serve` scans every category, as a cron pattern' },
  { variable: 'WATCH', default: 'off', meaning: 'whether `serve` scans what changes in the roots: on or off' },
  { variable: 'WATCH_QUIET_MS', default: '3000', meaning: 'how long a change rests before it is scanned' },
  { variable: 'WATCH_POLL_MINUTES', default: '15', meaning: 'how often watched network shares are scanned' },
  {
    variable: 'INTROSPECTION',
    default: 'on, in production off',
    meaning: 'whether the schema can be asked for: on or off',
  },
  { variable: 'GRAPHQL_MAX_DEPTH', default: '12', meaning: 'levels of an operation' },
  { variable: 'GRAPHQL_MAX_ALIASES', default: '15', meaning: 'aliases in an operation' },
  { variable: 'GRAPHQL_MAX_DIRECTIVES', default: '5', meaning: 'directives in an operation' },
  { variable: 'GRAPHQL_MAX_TOKENS', default: '1000', meaning: 'words and signs in an operation' },
  {
    variable: 'GRAPHQL_MAX_COST',
    default: '5000',
    meaning: 'cost of an operation: its fields, deeper ones count more',
  },
  { variable: 'GRAPHQL_MAX_BODY_BYTES', default: '1048576', meaning: 'size of an operation with its variables' },
  { variable: 'GRAPHIQL', default: 'on, in production off', meaning: 'the GraphQL page for browsers: on or off' },
];

/**
 * The settings from environment variables; relative paths start at `cwd`.
 *
 * @throws {SettingsError} with every variable that makes no sense.
 */
export function loadSettings(env: NodeJS.ProcessEnv, cwd: string): Settings {
  const result = environmentSchema.safeParse(withoutEmpty(env), { reportInput: true });
  if (!result.success) throw new SettingsError(result.error.issues.map(faultOfIssue));
  const given = result.data;
  if (given.INGEST_TARGET === 'copyparty' && given.COPYPARTY_URL === undefined) {
    const expected = 'disk, or COPYPARTY_URL beside it';
    throw new SettingsError([{ key: 'INGEST_TARGET', found: '"copyparty"', expected }]);
  }
  if (given.MOCK_HASHER && given.NODE_ENV === 'production') throw new SettingsError([mockInProduction]);
  const dataDir = resolve(cwd, given.DATA_DIR);
  return {
    host: given.HOST,
    port: given.PORT,
    dataDir,
    logDir: resolve(cwd, given.LOG_DIR),
    logLevel: given.LOG_LEVEL,
    databaseUrl: absoluteDatabaseUrl(given.DATABASE_URL ?? `file:${join(dataDir, 'catalogue.db')}`, cwd),
    mediaConfigPath: resolve(cwd, given.MEDIA_CONFIG),
    ...(given.COPYPARTY_URL !== undefined && { copypartyUrl: given.COPYPARTY_URL }),
    ...(given.COPYPARTY_PASSWORD !== undefined && { copypartyPassword: given.COPYPARTY_PASSWORD }),
    copypartyTimeouts: {
      connectMs: given.COPYPARTY_CONNECT_TIMEOUT_MS,
      firstByteMs: given.COPYPARTY_FIRST_BYTE_TIMEOUT_MS,
      stallMs: given.COPYPARTY_STALL_TIMEOUT_MS,
    },
    bytesFrom: given.BYTES_FROM,
    ingestTarget: given.INGEST_TARGET,
    uploadMaxBytes: given.UPLOAD_MAX_BYTES,
    uploadStallTimeoutMs: given.UPLOAD_STALL_TIMEOUT_MS,
    jwt: readJwtSettings(given),
    proxy: readProxySettings(given),
    wrongTokensPerMinute: given.WRONG_TOKENS_PER_MINUTE,
    urlLifetimeMs: given.URL_LIFETIME_HOURS * 3_600_000,
    corsOrigins: given.CORS_ORIGINS,
    introspection: given.INTROSPECTION ?? given.NODE_ENV !== 'production',
    graphqlLimits: {
      depth: given.GRAPHQL_MAX_DEPTH,
      aliases: given.GRAPHQL_MAX_ALIASES,
      directives: given.GRAPHQL_MAX_DIRECTIVES,
      tokens: given.GRAPHQL_MAX_TOKENS,
      cost: given.GRAPHQL_MAX_COST,
      bodyBytes: given.GRAPHQL_MAX_BODY_BYTES,
    },
    imageMaxPixels: given.IMAGE_MAX_PIXELS,
    thumbnailCacheBytes: given.THUMBNAIL_CACHE_BYTES,
    modelRoots: splitFolders(given.MODEL_ROOTS, cwd),
    legacyRoots: splitFolders(given.LEGACY_ROOTS, cwd),
    mockHasher: given.MOCK_HASHER,
    proxiesAfterScan: given.PROXIES_AFTER_SCAN,
    ...(given.S3_BUCKET !== undefined && { s3: toS3Settings(given, given.S3_BUCKET) }),
    nodeEnv: given.NODE_ENV,
    fingerprints: given.FINGERPRINTS,
    scanLosses: { percent: given.SCAN_LOSSES_PERCENT, items: given.SCAN_LOSSES_ITEMS },
    scanOnStart: given.SCAN_ON_START,
    ...(given.SCAN_SCHEDULE !== undefined && { scanSchedule: given.SCAN_SCHEDULE }),
    watch: given.WATCH ? { quietMs: given.WATCH_QUIET_MS, pollMs: given.WATCH_POLL_MINUTES * 60_000 } : null,
    graphiql: given.GRAPHIQL ?? given.NODE_ENV !== 'production',
  };
}

const mockInProduction: ConfigFault = {
  key: 'MOCK_HASHER',
  found: 'on, with NODE_ENV=production',
  expected: 'off: its hashes are made up',
};

/** The separator is the system's: `;` on Windows, where paths have a colon. */
function splitFolders(list: string | undefined, cwd: string): string[] {
  const folders = (list ?? '').split(delimiter).filter((folder) => folder.trim() !== '');
  return folders.map((folder) => resolve(cwd, folder));
}

function toS3Settings(given: Environment, bucket: string): S3Settings {
  return {
    bucket,
    region: given.S3_REGION,
    ...(given.S3_ENDPOINT !== undefined && { endpoint: given.S3_ENDPOINT }),
    // What most stores beside AWS want.
    forcePathStyle: given.S3_FORCE_PATH_STYLE ?? given.S3_ENDPOINT !== undefined,
    urlLifetimeSeconds: given.S3_URL_LIFETIME_SECONDS,
  };
}

/** `PORT=` in a compose file or a shell means "not set"; Node gives it as an empty string. */
function withoutEmpty(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
}

function faultOfIssue({ path, message, input }: z.core.$ZodIssue): ConfigFault {
  const key = String(path[0]);
  return { key, found: describeValue(key, input), expected: message };
}

/** What ends up in logs must not hold a password or a secret. */
function describeValue(key: string, input: unknown): string {
  if (key.endsWith('_URL')) return describeUrl(String(input));
  return /_(SECRET|PASSWORD)$/.test(key) ? 'another value (it is not shown)' : describeFound(input);
}

/** The scheme alone: the rest of a URL may hold a password. */
function describeUrl(url: string): string {
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(url)?.[0];
  return scheme ? `"${scheme}…" (the rest is not shown)` : 'text without a scheme';
}
