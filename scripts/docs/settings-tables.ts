import { settingDescriptions, type SettingDescription } from '../../src/base/config/setting-descriptions.ts';
import { markdownTable } from './markdown-table.ts';

/** The sections of docs/settings.md; the first that takes a variable has it. */
const sections = {
  service: /^(?:HOST|PORT|NODE_ENV|DATA_DIR|LOG_DIR|LOG_LEVEL|DATABASE_(?:URL|DIRECT_URL|POOL_SIZE)|MEDIA_CONFIG)$/,
  copyparty: /^(?:COPYPARTY_|BYTES_FROM$|INGEST_TARGET$)/,
  scans: /^(?:SCAN_|WATCH|FINGERPRINTS$)/,
  access:
    /^(?:JWT_|TRUSTED_PROXIES$|PROXY_|WRONG_TOKENS_|URL_LIFETIME_|CORS_|PUBLIC_URL$|(?:VIEWER|EDITOR|ADMIN)_GROUPS$)/,
  graphql: /^(?:GRAPHQL_|GRAPHIQL$|WEB$|INTROSPECTION$|PERSISTED_)/,
  uploads: /^UPLOAD_/,
  pictures: /^(?:IMAGE_|THUMBNAILS?_|FFMPEG_|GPS$)/,
  hashing: /^(?:MODEL_ROOTS|LEGACY_ROOTS|MOCK_HASHER)$/,
  proxies: /^(?:PROXIES_|S3_)/,
  load: /^PRESSURE|_AT_ONCE$/,
  observability: /^(?:METRICS|OTEL_)/,
} as const;

/** A table for each section. Throws where a setting belongs to none. */
export function settingsTables(): Record<string, string> {
  const rows = new Map<string, SettingDescription[]>(Object.keys(sections).map((name) => [name, []]));
  for (const description of settingDescriptions) rows.get(sectionOf(description.variable))?.push(description);
  return Object.fromEntries([...rows].map(([name, described]) => [`settings ${name}`, toTable(described)]));
}

function sectionOf(variable: string): string {
  const [name] = Object.entries(sections).find(([, pattern]) => pattern.test(variable)) ?? [];
  if (name === undefined) throw new Error(`${variable} belongs to no section of scripts/docs/settings-tables.ts`);
  return name;
}

function toTable(described: readonly SettingDescription[]): string {
  return markdownTable(
    ['variable', 'default', 'meaning'],
    described.map(({ variable, default: value, meaning }) => [
      `\`${variable}\``,
      // What is no value to write, but a rule or nothing, stands as plain words.
      /\s|^unset$/.test(value) ? markNames(value) : `\`${value}\``,
      markNames(meaning),
    ]),
  );
}

/** Other settings that a text names stand as code, and so does a path that begins with one. */
function markNames(text: string): string {
  return text.replaceAll(/(?<!`)\b[A-Z][A-Z\d]*_[A-Z\d_]*[A-Z\d](?:\/\w+)?/g, '`$&`');
}
