import type { EnvironmentVariable } from './settings-schema.ts';

export interface SettingDescription {
  variable: EnvironmentVariable;
  /** The value as a person would write it, or the rule by which it is chosen. */
  default: string;
  meaning: string;
}

/** The tables of `serve --help` and of docs/settings.md. */
export const settingDescriptions: readonly SettingDescription[] = [
  { variable: 'HOST', default: '127.0.0.1', meaning: 'address to listen on' },
  { variable: 'PORT', default: '4000', meaning: 'port to listen on; 0 takes any free one' },
  { variable: 'DATA_DIR', default: 'data', meaning: 'database, image store, proxies, uploads in flight' },
  { variable: 'LOG_DIR', default: 'logs', meaning: 'folder of media_deletions.log' },
  { variable: 'LOG_LEVEL', default: 'info', meaning: "level of the service's own log, which goes to stdout" },
  { variable: 'DATABASE_URL', default: 'file:<DATA_DIR>/catalogue.db', meaning: 'SQLite file, or postgresql://…' },
  {
    variable: 'DATABASE_DIRECT_URL',
    default: 'unset',
    meaning:
      'PostgreSQL itself, where DATABASE_URL leads to PgBouncer or the like, which gives each transaction another session',
  },
  {
    variable: 'DATABASE_POOL_SIZE',
    default: '8',
    meaning: 'how many connections a process sends its statements over; one or two more are for itself',
  },
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
    meaning: 'addresses or networks of reverse proxies, whose headers are believed',
  },
  { variable: 'PROXY_USER_HEADER', default: 'remote-user', meaning: 'the header in which they name the user' },
  { variable: 'PROXY_ROLES_HEADER', default: 'remote-groups', meaning: 'and the one with viewer, editor or admin' },
  { variable: 'VIEWER_GROUPS', default: 'unset', meaning: 'groups of an identity provider whose members are viewers' },
  { variable: 'EDITOR_GROUPS', default: 'unset', meaning: 'groups whose members are editors' },
  { variable: 'ADMIN_GROUPS', default: 'unset', meaning: 'groups whose members are administrators' },
  { variable: 'WRONG_TOKENS_PER_MINUTE', default: '20', meaning: 'how many an address may send before it is told 429' },
  { variable: 'URL_LIFETIME_HOURS', default: '12', meaning: 'how long the URLs of bytes and pictures are good' },
  { variable: 'CORS_ORIGINS', default: 'unset', meaning: 'origins of web pages that may use the service' },
  {
    variable: 'PUBLIC_URL',
    default: 'unset',
    meaning: 'where clients reach the service through reverse proxies, with the folder, if any',
  },
  { variable: 'IMAGE_MAX_PIXELS', default: '120000000', meaning: 'a picture of more pixels is not decoded' },
  {
    variable: 'THUMBNAIL_CACHE_BYTES',
    default: '1073741824',
    meaning: 'room for rendered pictures in DATA_DIR/thumbnails, and as much for storyboards',
  },
  {
    variable: 'THUMBNAILS_AHEAD',
    default: 'off',
    meaning:
      'the size of the thumbnails that are made after a scan, with their placeholders, behind everything else: small, medium, large or screen',
  },
  {
    variable: 'GPS',
    default: 'on',
    meaning: 'whether the catalogue keeps and shows where pictures and films were taken: on or off',
  },
  {
    variable: 'FFMPEG_PATH',
    default: 'unset',
    meaning: "the program ffmpeg, for frames of films; unset: npm's FFmpeg, or else the system's",
  },
  {
    variable: 'MODEL_ROOTS',
    default: 'unset',
    meaning: 'folders, with : between, that may be hashed beside the categories',
  },
  { variable: 'LEGACY_ROOTS', default: 'unset', meaning: 'folders, with : between, that a legacy migration may read' },
  { variable: 'MOCK_HASHER', default: 'off', meaning: 'for development: shadow files get known or made-up hashes' },
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
    variable: 'SCAN_SHORTCUT',
    default: 'off',
    meaning: 'whether scans pass by the files of folders that have not changed: on or off',
  },
  { variable: 'SCAN_FULL_EVERY_HOURS', default: '168', meaning: 'how often they look at every file all the same' },
  {
    variable: 'SCAN_ON_START',
    default: 'on',
    meaning: 'whether `serve` scans every category when it starts: on or off',
  },
  {
    variable: 'SCAN_SCHEDULE',
    default: 'unset',
    meaning: 'when `serve` scans every category, as a cron pattern such as `0 3 * * *`',
  },
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
    default: '50000',
    meaning: 'cost of an operation: its fields, deeper ones count more',
  },
  { variable: 'GRAPHQL_MAX_BODY_BYTES', default: '1048576', meaning: 'size of an operation with its variables' },
  {
    variable: 'PRESSURE',
    default: 'on',
    meaning: 'whether requests get 503 while the process is overloaded: on or off',
  },
  {
    variable: 'PRESSURE_MAX_EVENT_LOOP_DELAY_MS',
    default: '1000',
    meaning: 'how late the event loop may be, on average over a second',
  },
  { variable: 'PRESSURE_MAX_HEAP_PERCENT', default: '90', meaning: "how much of Node's heap may be in use" },
  {
    variable: 'PRESSURE_MAX_RSS_BYTES',
    default: "90 % of a container's memory",
    meaning: 'how much memory the process may use',
  },
  { variable: 'UPLOADS_AT_ONCE', default: '256', meaning: 'an upload beyond is told 503' },
  { variable: 'ARCHIVES_AT_ONCE', default: '16', meaning: 'an archive beyond is told 503' },
  { variable: 'SUBSCRIPTIONS_AT_ONCE', default: '1000', meaning: 'a subscription beyond is told 503' },
  { variable: 'METRICS', default: 'on', meaning: 'whether there is /metrics, for Prometheus: on or off' },
  {
    variable: 'METRICS_TOKEN',
    default: 'unset',
    meaning: 'lets whoever sends it read /metrics alone; unset: administrators do',
  },
  {
    variable: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    default: 'unset',
    meaning: 'collector of OpenTelemetry traces, by OTLP over HTTP',
  },
  { variable: 'OTEL_SERVICE_NAME', default: 'mediashelf', meaning: 'what the traces call this service' },
  {
    variable: 'PERSISTED_OPERATIONS',
    default: 'unset',
    meaning: 'JSON file with documents by their IDs, which clients then send instead',
  },
  {
    variable: 'PERSISTED_OPERATIONS_ONLY',
    default: 'off',
    meaning: 'whether no other operations are carried out: on or off',
  },
  { variable: 'GRAPHIQL', default: 'on, in production off', meaning: 'the GraphQL page for browsers: on or off' },
  { variable: 'WEB', default: 'on', meaning: 'the page with the library, at `/`: on or off' },
];
