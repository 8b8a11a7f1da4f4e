import { describe, expect, it } from 'vitest';
import { SettingsError } from '../../../src/base/config/config-errors.ts';
import { environmentSchema } from '../../../src/base/config/settings-schema.ts';
import { settingDescriptions } from '../../../src/base/config/setting-descriptions.ts';
import { loadSettings } from '../../../src/base/config/settings.ts';

const cwd = '/opt/mediashelf';

describe('loadSettings', () => {
  it('has a default for everything, with absolute paths', () => {
    expect(loadSettings({}, cwd)).toEqual({
      host: '127.0.0.1',
      port: 4000,
      dataDir: '/opt/mediashelf/data',
      logDir: '/opt/mediashelf/logs',
      logLevel: 'info',
      databaseUrl: 'file:/opt/mediashelf/data/catalogue.db',
      databaseConnections: { poolSize: 8 },
      mediaConfigPath: '/opt/mediashelf/config/watch_media_dirs.yml',
      copypartyTimeouts: { connectMs: 3_000, firstByteMs: 30_000, stallMs: 30_000 },
      bytesFrom: 'auto',
      ingestTarget: 'disk',
      uploadMaxBytes: 20 * 1024 ** 3,
      uploadStallTimeoutMs: 60_000,
      jwt: null,
      identityProxy: null,
      roleGroups: { viewer: '', editor: '', admin: '' },
      wrongTokensPerMinute: 20,
      urlLifetimeMs: 12 * 3_600_000,
      corsOrigins: [],
      publicUrl: null,
      introspection: true,
      graphqlLimits: { depth: 12, aliases: 15, directives: 5, tokens: 1000, cost: 50_000, bodyBytes: 1024 ** 2 },
      imageMaxPixels: 120_000_000,
      fingerprints: 'first-sight',
      scanLosses: { percent: 30, items: 20 },
      scanShortcut: null,
      watch: null,
      thumbnailCacheBytes: 1024 ** 3,
      thumbnailsAhead: null,
      places: true,
      modelRoots: [],
      legacyRoots: [],
      mockHasher: false,
      imageProxiesAfterScan: false,
      nodeEnv: 'development',
      scanOnStart: true,
      pressure: { eventLoopDelayMs: 1_000, heapPercent: 90 },
      maxAtOnce: { uploads: 256, archives: 16, subscriptions: 1_000 },
      metrics: true,
      tracing: null,
      graphiql: true,
      web: true,
      persistedOperations: null,
    });
  });

  it('takes every variable, and resolves relative paths against the working folder', () => {
    const env = {
      HOST: '::1',
      PORT: '0',
      DATA_DIR: 'state',
      LOG_DIR: '/var/log/mediashelf',
      LOG_LEVEL: 'debug',
      DATABASE_URL: 'file:db/../catalogue.sqlite',
      DATABASE_POOL_SIZE: '4',
      MEDIA_CONFIG: '../media.yml',
      COPYPARTY_URL: 'http://127.0.0.1:3923',
      COPYPARTY_PASSWORD: 'hunter2',
      COPYPARTY_CONNECT_TIMEOUT_MS: '100',
      COPYPARTY_FIRST_BYTE_TIMEOUT_MS: '200',
      COPYPARTY_STALL_TIMEOUT_MS: '300',
      BYTES_FROM: 'copyparty',
      JWT_SECRET: 'a secret of more than thirty-two characters',
      JWT_ALGORITHM: 'HS512',
      JWT_ISSUER: 'https://id.example',
      JWT_AUDIENCE: 'mediashelf',
      JWT_ROLE_CLAIM: 'realm_access.roles',
      TRUSTED_PROXIES: '10.0.0.1, fd00::/8',
      PROXY_USER_HEADER: 'X-User',
      PROXY_ROLES_HEADER: 'X-Groups',
      WRONG_TOKENS_PER_MINUTE: '7',
      URL_LIFETIME_HOURS: '2',
      CORS_ORIGINS: 'https://Media.example:443,http://localhost:3000',
      VIEWER_GROUPS: 'family|guests',
      ADMIN_GROUPS: 'sysops',
      PUBLIC_URL: 'https://Media.example:8443/shelf/',
      INTROSPECTION: 'off',
      GRAPHQL_MAX_DEPTH: '1',
      GRAPHQL_MAX_ALIASES: '2',
      GRAPHQL_MAX_DIRECTIVES: '3',
      GRAPHQL_MAX_TOKENS: '4',
      GRAPHQL_MAX_COST: '5',
      GRAPHQL_MAX_BODY_BYTES: '6',
      PRESSURE_MAX_EVENT_LOOP_DELAY_MS: '50',
      PRESSURE_MAX_HEAP_PERCENT: '60',
      PRESSURE_MAX_RSS_BYTES: '7000',
      UPLOADS_AT_ONCE: '3',
      ARCHIVES_AT_ONCE: '4',
      SUBSCRIPTIONS_AT_ONCE: '5',
      METRICS: 'off',
      METRICS_TOKEN: 'a-token-of-the-scraper',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
      OTEL_SERVICE_NAME: 'shelf',
      NODE_ENV: 'test',
      INGEST_TARGET: 'copyparty',
      UPLOAD_MAX_BYTES: '5000',
      UPLOAD_STALL_TIMEOUT_MS: '400',
      IMAGE_MAX_PIXELS: '1000',
      FINGERPRINTS: 'on-match',
      SCAN_LOSSES_PERCENT: '0',
      SCAN_LOSSES_ITEMS: '1',
      SCAN_SHORTCUT: 'on',
      SCAN_FULL_EVERY_HOURS: '2',
      SCAN_SCHEDULE: '0 3 * * *',
      WATCH: 'on',
      WATCH_QUIET_MS: '500',
      WATCH_POLL_MINUTES: '2',
      THUMBNAIL_CACHE_BYTES: '1048576',
      THUMBNAILS_AHEAD: 'small',
      GPS: 'off',
      MODEL_ROOTS: '/srv/models:more/models',
      LEGACY_ROOTS: ':/srv/legacy:',
      MOCK_HASHER: '1',
      PROXIES_AFTER_SCAN: 'on',
      S3_BUCKET: 'analysis',
      S3_ENDPOINT: 'https://minio.example:9000',
      S3_REGION: 'eu-central-1',
      S3_FORCE_PATH_STYLE: 'off',
      S3_URL_LIFETIME_SECONDS: '60',
      SCAN_ON_START: 'off',
      PERSISTED_OPERATIONS: 'operations.json',
      PERSISTED_OPERATIONS_ONLY: 'on',
      GRAPHIQL: 'off',
      WEB: 'off',
      PATH: '/usr/bin',
    };
    expect(loadSettings(env, cwd)).toEqual({
      host: '::1',
      port: 0,
      dataDir: '/opt/mediashelf/state',
      logDir: '/var/log/mediashelf',
      logLevel: 'debug',
      databaseUrl: 'file:/opt/mediashelf/catalogue.sqlite',
      databaseConnections: { poolSize: 4 },
      mediaConfigPath: '/opt/media.yml',
      copypartyUrl: 'http://127.0.0.1:3923',
      copypartyPassword: 'hunter2',
      copypartyTimeouts: { connectMs: 100, firstByteMs: 200, stallMs: 300 },
      bytesFrom: 'copyparty',
      ingestTarget: 'copyparty',
      uploadMaxBytes: 5000,
      uploadStallTimeoutMs: 400,
      jwt: {
        key: { secret: 'a secret of more than thirty-two characters' },
        algorithm: 'HS512',
        issuer: 'https://id.example',
        audience: 'mediashelf',
        roleClaim: 'realm_access.roles',
      },
      identityProxy: { addresses: ['10.0.0.1', 'fd00::/8'], userHeader: 'x-user', rolesHeader: 'x-groups' },
      roleGroups: { viewer: 'family|guests', editor: '', admin: 'sysops' },
      wrongTokensPerMinute: 7,
      urlLifetimeMs: 2 * 3_600_000,
      corsOrigins: ['https://media.example', 'http://localhost:3000'],
      publicUrl: { origin: 'https://media.example:8443', path: '/shelf' },
      introspection: false,
      graphqlLimits: { depth: 1, aliases: 2, directives: 3, tokens: 4, cost: 5, bodyBytes: 6 },
      imageMaxPixels: 1000,
      fingerprints: 'on-match',
      scanLosses: { percent: 0, items: 1 },
      scanShortcut: { fullEveryMs: 7_200_000 },
      persistedOperations: { path: '/opt/mediashelf/operations.json', only: true },
      scanSchedule: '0 3 * * *',
      watch: { quietMs: 500, pollMs: 120_000 },
      thumbnailCacheBytes: 1048576,
      thumbnailsAhead: 'small',
      places: false,
      modelRoots: ['/srv/models', '/opt/mediashelf/more/models'],
      legacyRoots: ['/srv/legacy'],
      mockHasher: true,
      imageProxiesAfterScan: true,
      s3: {
        bucket: 'analysis',
        endpoint: 'https://minio.example:9000',
        region: 'eu-central-1',
        forcePathStyle: false,
        urlLifetimeSeconds: 60,
      },
      nodeEnv: 'test',
      scanOnStart: false,
      pressure: { eventLoopDelayMs: 50, heapPercent: 60, rssBytes: 7_000 },
      maxAtOnce: { uploads: 3, archives: 4, subscriptions: 5 },
      metrics: false,
      metricsToken: 'a-token-of-the-scraper',
      tracing: { endpoint: 'http://collector:4318', serviceName: 'shelf' },
      graphiql: false,
      web: false,
    });
  });

  it('takes an empty variable as one that is not set', () => {
    const empty = Object.fromEntries(settingDescriptions.map(({ variable }) => [variable, '']));
    expect(loadSettings(empty, cwd)).toEqual(loadSettings({}, cwd));
  });

  it('puts the database into DATA_DIR where no DATABASE_URL says otherwise', () => {
    expect(loadSettings({ DATA_DIR: '/srv/state' }, cwd).databaseUrl).toBe('file:/srv/state/catalogue.db');
  });

  it.each([
    ['file:/srv/c.db', 'file:/srv/c.db'],
    ['file:///srv/c.db', 'file:/srv/c.db'],
    ['postgres://u:p@db/shelf', 'postgres://u:p@db/shelf'],
    ['postgresql:///shelf?host=/run/postgresql', 'postgresql:///shelf?host=/run/postgresql'],
  ])('takes %s as a database', (DATABASE_URL, databaseUrl) => {
    expect(loadSettings({ DATABASE_URL }, cwd).databaseUrl).toBe(databaseUrl);
  });

  it.each([
    'mysql://u@h/d',
    'catalogue.db',
    'file:',
    'file:data/',
    'file://data/c.db',
    'file:c.db?mode=ro',
    'postgresql://h:x/',
  ])('refuses %s as a database', (DATABASE_URL) => {
    expect(() => loadSettings({ DATABASE_URL }, cwd)).toThrow(SettingsError);
  });

  it('takes the direct address of a PostgreSQL behind a pool of connections, and of nothing else', () => {
    const direct = 'postgresql://u:p@db/shelf';
    const { databaseConnections } = loadSettings(
      { DATABASE_URL: 'postgres://pool/shelf', DATABASE_DIRECT_URL: direct },
      cwd,
    );
    expect(databaseConnections).toEqual({ poolSize: 8, directUrl: direct });
    expect(settingsErrorOf({ DATABASE_DIRECT_URL: direct }).faults).toMatchObject([{ key: 'DATABASE_DIRECT_URL' }]);
    expect(settingsErrorOf({ DATABASE_DIRECT_URL: 'file:a.db' }).faults).toMatchObject([
      { key: 'DATABASE_DIRECT_URL' },
    ]);
  });

  it.each(['1', '0', '1001', 'many'])('refuses %s as a number of connections', (DATABASE_POOL_SIZE) => {
    expect(() => loadSettings({ DATABASE_POOL_SIZE }, cwd)).toThrow('expected a whole number');
  });

  it.each(['65536', '-1', '80.5', '0x50', '1e3', 'http'])('refuses %s as a port', (PORT) => {
    expect(() => loadSettings({ PORT }, cwd)).toThrow('expected a port from 1 to 65535');
  });

  it.each(['http://localhost', 'localhost:4000', 'two words'])('refuses %s as a host', (HOST) => {
    expect(() => loadSettings({ HOST }, cwd)).toThrow('expected a host name or an IP address');
  });

  it('refuses copyparty as the place of uploads where none is configured', () => {
    expect(settingsErrorOf({ INGEST_TARGET: 'copyparty' }).faults).toEqual([
      { key: 'INGEST_TARGET', found: '"copyparty"', expected: 'disk, or COPYPARTY_URL beside it' },
    ]);
  });

  it('puts the bucket into the path of its URLs with an endpoint of its own, unless told', () => {
    expect(s3({})).toEqual({
      bucket: 'analysis',
      region: 'us-east-1',
      forcePathStyle: false,
      urlLifetimeSeconds: 3600,
    });
    expect(s3({ S3_ENDPOINT: 'http://minio:9000' })?.forcePathStyle).toBe(true);
    expect(() => s3({ S3_URL_LIFETIME_SECONDS: '604801' })).toThrow('from 1 to 604800');
    expect(() => s3({ S3_ENDPOINT: 'http://key:secret@minio' })).toThrow('a URL without user');
  });

  it('shows GraphiQL outside production only, unless told', () => {
    expect(loadSettings({ NODE_ENV: 'production' }, cwd).graphiql).toBe(false);
    expect(loadSettings({ NODE_ENV: 'production', GRAPHIQL: 'on' }, cwd).graphiql).toBe(true);
    expect(loadSettings({ NODE_ENV: 'test' }, cwd).graphiql).toBe(true);
  });

  it('refuses made-up hashes in production', () => {
    expect(() => loadSettings({ MOCK_HASHER: 'on', NODE_ENV: 'production' }, cwd)).toThrow(
      /MOCK_HASHER: found on, with NODE_ENV=production/,
    );
  });

  it('names all faults at once, with what was given and what was expected', () => {
    const env = { PORT: 'abc', LOG_LEVEL: 'loud', NODE_ENV: 'staging', GRAPHIQL: 'perhaps', COPYPARTY_URL: 'ftp://h' };
    const error = settingsErrorOf(env);
    expect(error.faults).toEqual([
      { key: 'PORT', found: '"abc"', expected: 'a port from 1 to 65535, or 0 for any free one' },
      { key: 'LOG_LEVEL', found: '"loud"', expected: 'fatal, error, warn, info, debug, trace or silent' },
      {
        key: 'COPYPARTY_URL',
        found: '"ftp:…" (the rest is not shown)',
        expected: 'a URL that begins with http:// or https://',
      },
      { key: 'NODE_ENV', found: '"staging"', expected: 'development, production or test' },
      { key: 'GRAPHIQL', found: '"perhaps"', expected: 'on or off' },
    ]);
    expect(error.code).toBe('INVALID_SETTINGS');
    expect(error.message).toMatch(/^The environment has 5 faults:\n {2}PORT: found "abc", expected a port from 1 to/);
  });

  it.each([
    ['JWT_SECRET', { JWT_SECRET: 'hunter2' }, 'a secret of at least 32 characters'],
    [
      'TRUSTED_PROXIES',
      { TRUSTED_PROXIES: 'proxy.example' },
      'IP addresses or networks, such as 10.0.0.1,192.168.0.0/16',
    ],
    [
      'TRUSTED_PROXIES',
      { TRUSTED_PROXIES: '10.0.0.0/99' },
      'IP addresses or networks, such as 10.0.0.1,192.168.0.0/16',
    ],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '10.0.0.0/' }, 'IP addresses or networks, such as 10.0.0.1,192.168.0.0/16'],
    [
      'TRUSTED_PROXIES',
      { TRUSTED_PROXIES: '10.0.0.0/8/24' },
      'IP addresses or networks, such as 10.0.0.1,192.168.0.0/16',
    ],
    ['CORS_ORIGINS', { CORS_ORIGINS: '*' }, 'origins, such as https://media.example,http://localhost:3000'],
    [
      'CORS_ORIGINS',
      { CORS_ORIGINS: 'https://a.example/' },
      'origins, such as https://media.example,http://localhost:3000',
    ],
    ['CORS_ORIGINS', { CORS_ORIGINS: 'file://' }, 'origins, such as https://media.example,http://localhost:3000'],
    ['PUBLIC_URL', { PUBLIC_URL: 'media.example' }, 'a URL that begins with http:// or https://'],
    [
      'PUBLIC_URL',
      { PUBLIC_URL: 'https://a.example/?x' },
      'a URL without user, query and fragment, such as https://media.example/shelf',
    ],
    ['JWT_ALGORITHM', { JWT_ALGORITHM: 'none' }, 'one of HS256, RS256, PS256, ES256 (or 384, 512), EdDSA'],
    ['JWT_ALGORITHM', { JWT_SECRET: 'x'.repeat(32), JWT_ALGORITHM: 'RS256' }, 'one for a shared secret: HS256'],
    ['JWT_ALGORITHM', { JWT_JWKS_URL: 'https://a/', JWT_ALGORITHM: 'HS256' }, 'one for public keys: RS256'],
    ['JWT_SECRET', { JWT_SECRET: 'x'.repeat(32), JWT_JWKS_URL: 'https://a/' }, 'only one of the two'],
  ])('refuses for %s the environment %o', (key, env, expected) => {
    const { faults, message } = settingsErrorOf(env);
    expect(faults).toMatchObject([{ key, expected }]);
    expect(message).not.toMatch(/hunter2|xxxx/);
  });

  it('keeps passwords out of the message', () => {
    const error = settingsErrorOf({ DATABASE_URL: 'mysql://root:hunter2@db/x', COPYPARTY_URL: 'hunter2@host' });
    expect(error.faults).toHaveLength(2);
    expect(error.message).not.toContain('hunter2');
  });
});

describe('settingDescriptions', () => {
  it('describes every variable, in the order in which they are read', () => {
    expect(settingDescriptions.map(({ variable }) => variable)).toEqual(Object.keys(environmentSchema.shape));
  });

  it('names the defaults that really serve', () => {
    const asWritten = settingDescriptions
      .filter(({ default: text }) => !/[< ]|unset/.test(text))
      .map(({ variable, default: text }) => [variable, text]);
    expect(asWritten).toHaveLength(53);
    expect(loadSettings(Object.fromEntries(asWritten), cwd)).toEqual(loadSettings({}, cwd));
  });
});

function s3(env: NodeJS.ProcessEnv) {
  return loadSettings({ S3_BUCKET: 'analysis', ...env }, cwd).s3;
}

function settingsErrorOf(env: NodeJS.ProcessEnv): SettingsError {
  try {
    loadSettings(env, cwd);
  } catch (error) {
    if (error instanceof SettingsError) return error;
    throw error;
  }
  throw new Error('The settings were expected to be refused');
}
