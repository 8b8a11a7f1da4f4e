import { delimiter, resolve } from 'node:path';
import type { z } from 'zod';
import type { S3Settings } from '../object-storage/s3-object-store.ts';
import {
  readJwtSettings,
  readIdentityProxySettings,
  type JwtSettings,
  type IdentityProxySettings,
} from './access-settings.ts';
import { SettingsError, type ConfigFault } from './config-errors.ts';
import { readDatabaseSettings, type DatabaseSettings } from './database-settings.ts';
import { describeFound } from './describe-found.ts';
import { readOperatingSettings, type OperatingSettings } from './operating-settings.ts';
import { environmentSchema, type Environment } from './settings-schema.ts';

export interface Settings extends OperatingSettings, DatabaseSettings {
  host: string;
  /** 0: the system chooses a free one. */
  port: number;
  /** All paths here are absolute. */
  dataDir: string;
  logDir: string;
  logLevel: Environment['LOG_LEVEL'];
  mediaConfigPath: string;
  /** Absent: bytes come from the disk. */
  copypartyUrl?: string;
  copypartyPassword?: string;
  copypartyTimeouts: { connectMs: number; firstByteMs: number; stallMs: number };
  bytesFrom: Environment['BYTES_FROM'];
  ingestTarget: Environment['INGEST_TARGET'];
  uploadMaxBytes: number;
  uploadStallTimeoutMs: number;
  /** Null where no JSON web tokens are accepted. */
  jwt: JwtSettings | null;
  /** Null where no identity proxy is trusted. */
  identityProxy: IdentityProxySettings | null;
  /** Lists of the groups whose members have a role, as they were written. */
  roleGroups: { viewer: string; editor: string; admin: string };
  /** How many wrong tokens an address may send in a minute. */
  wrongTokensPerMinute: number;
  /** The least time for which a signed URL is valid. */
  urlLifetimeMs: number;
  /** Web pages of these origins may use the service. */
  corsOrigins: string[];
  /** Null: what reverse proxies say counts. */
  publicUrl: PublicUrl | null;
  introspection: boolean;
  graphqlLimits: GraphQLLimits;
  imageMaxPixels: number;
  thumbnailCacheBytes: number;
  /** The size of the thumbnails that are made before anybody asks for them; null: none. */
  thumbnailsAhead: Exclude<Environment['THUMBNAILS_AHEAD'], 'off'> | null;
  /** Whether the places where pictures and films were taken are kept and shown. */
  places: boolean;
  /** The program that decodes films: a path, or a name that the system looks up. Absent: what npm brought does. */
  ffmpegPath?: string;
  /** Folders that hashing may read, beside the categories' roots. */
  modelRoots: string[];
  /** Folders that the migration of a legacy database may read. */
  legacyRoots: string[];
  /** Whether stand-ins of large files get the hashes of what they stand for; meant for development. */
  mockHasher: boolean;
  imageProxiesAfterScan: boolean;
  /** Absent: nothing can be handed over for analysis. */
  s3?: S3Settings;
  nodeEnv: Environment['NODE_ENV'];
  fingerprints: Environment['FINGERPRINTS'];
  scanLosses: { percent: number; items: number };
  /** Null: every scan looks at every file. */
  scanShortcut: { fullEveryMs: number } | null;
  scanOnStart: boolean;
  /** Absent: scans are not scheduled. */
  scanSchedule?: string;
  /** Null: roots are not watched. */
  watch: { quietMs: number; pollMs: number } | null;
  graphiql: boolean;
  /** Whether browsers get the page at `/`. */
  web: boolean;
  /** Null where there are none; with `only`, no other operations are carried out. */
  persistedOperations: { path: string; only: boolean } | null;
}

/** Where clients reach the service through reverse proxies. */
export interface PublicUrl {
  origin: string;
  /** The folder below which they see it: empty, or such as `/shelf`. */
  path: string;
}

/** How much one operation may ask for. */
export interface GraphQLLimits {
  /** Levels of nested fields. */
  depth: number;
  aliases: number;
  directives: number;
  /** Words and signs of the document. */
  tokens: number;
  /** The sum over all fields: 2 for an object, 1 for a value, times 1.5 for each level. */
  cost: number;
  /** The size of a request's body. */
  bodyBytes: number;
}

/**
 * Reads the settings from environment variables; relative paths start at `cwd`.
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
  if (given.PERSISTED_OPERATIONS_ONLY && given.PERSISTED_OPERATIONS === undefined) {
    const expected = 'off, or PERSISTED_OPERATIONS beside it';
    throw new SettingsError([{ key: 'PERSISTED_OPERATIONS_ONLY', found: 'on', expected }]);
  }
  if (given.MOCK_HASHER && given.NODE_ENV === 'production') throw new SettingsError([mockInProduction]);
  const dataDir = resolve(cwd, given.DATA_DIR);
  return {
    host: given.HOST,
    port: given.PORT,
    dataDir,
    logDir: resolve(cwd, given.LOG_DIR),
    logLevel: given.LOG_LEVEL,
    ...readDatabaseSettings(given, { cwd, dataDir }),
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
    identityProxy: readIdentityProxySettings(given),
    roleGroups: { viewer: given.VIEWER_GROUPS, editor: given.EDITOR_GROUPS, admin: given.ADMIN_GROUPS },
    wrongTokensPerMinute: given.WRONG_TOKENS_PER_MINUTE,
    urlLifetimeMs: given.URL_LIFETIME_HOURS * 3_600_000,
    corsOrigins: given.CORS_ORIGINS,
    publicUrl: given.PUBLIC_URL === undefined ? null : toPublicUrl(given.PUBLIC_URL),
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
    thumbnailsAhead: given.THUMBNAILS_AHEAD === 'off' ? null : given.THUMBNAILS_AHEAD,
    places: given.GPS,
    ...(given.FFMPEG_PATH !== undefined && { ffmpegPath: toProgram(given.FFMPEG_PATH, cwd) }),
    modelRoots: splitFolders(given.MODEL_ROOTS, cwd),
    legacyRoots: splitFolders(given.LEGACY_ROOTS, cwd),
    mockHasher: given.MOCK_HASHER,
    imageProxiesAfterScan: given.PROXIES_AFTER_SCAN,
    ...(given.S3_BUCKET !== undefined && { s3: toS3Settings(given, given.S3_BUCKET) }),
    nodeEnv: given.NODE_ENV,
    fingerprints: given.FINGERPRINTS,
    scanLosses: { percent: given.SCAN_LOSSES_PERCENT, items: given.SCAN_LOSSES_ITEMS },
    scanShortcut: given.SCAN_SHORTCUT ? { fullEveryMs: given.SCAN_FULL_EVERY_HOURS * 3_600_000 } : null,
    scanOnStart: given.SCAN_ON_START,
    ...(given.SCAN_SCHEDULE !== undefined && { scanSchedule: given.SCAN_SCHEDULE }),
    watch: given.WATCH ? { quietMs: given.WATCH_QUIET_MS, pollMs: given.WATCH_POLL_MINUTES * 60_000 } : null,
    ...readOperatingSettings(given),
    persistedOperations:
      given.PERSISTED_OPERATIONS === undefined
        ? null
        : { path: resolve(cwd, given.PERSISTED_OPERATIONS), only: given.PERSISTED_OPERATIONS_ONLY },
    graphiql: given.GRAPHIQL ?? given.NODE_ENV !== 'production',
    web: given.WEB,
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

/** A bare name is looked up in PATH, as a shell does. */
function toProgram(text: string, cwd: string): string {
  return /[\\/]/.test(text) ? resolve(cwd, text) : text;
}

function toPublicUrl(text: string): PublicUrl {
  const { origin, pathname } = new URL(text);
  return { origin, path: pathname.replace(/\/+$/, '') };
}

function toS3Settings(given: Environment, bucket: string): S3Settings {
  return {
    bucket,
    region: given.S3_REGION,
    ...(given.S3_ENDPOINT !== undefined && { endpoint: given.S3_ENDPOINT }),
    // Most stores other than AWS want path style.
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

/** The message ends up in logs, so it must not hold a password or a secret. */
function describeValue(key: string, input: unknown): string {
  if (/_(URL|ENDPOINT)$/.test(key)) return describeUrl(String(input));
  return /_(SECRET|PASSWORD|TOKEN)$/.test(key) ? 'another value (it is not shown)' : describeFound(input);
}

/** Shows the scheme alone: the rest of a URL may hold a password. */
function describeUrl(url: string): string {
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(url)?.[0];
  return scheme ? `"${scheme}…" (the rest is not shown)` : 'text without a scheme';
}
