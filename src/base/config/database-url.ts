import { resolve } from 'node:path';

/**
 * Whether a database URL is one that the service understands: `postgres://…`, `postgresql://…`, or `file:` with the
 * path of a file. SQLite's other forms (`file://host/…`, `?mode=…`) would become strange file names.
 */
export function isDatabaseUrl(url: string): boolean {
  if (isPostgresqlUrl(url)) return URL.canParse(url);
  return /^file:(?!\/\/[^/])[^?]*[^?/]$/.test(url);
}

/**
 * Makes the path of a `file:` URL absolute and leaves other URLs as they are, so that no later change of the working
 * folder changes the database.
 */
export function absoluteDatabaseUrl(url: string, cwd: string): string {
  const scheme = 'file:';
  return url.startsWith(scheme) ? scheme + resolve(cwd, url.slice(scheme.length)) : url;
}

export function isPostgresqlUrl(url: string): boolean {
  return /^postgres(?:ql)?:\/\//.test(url);
}
