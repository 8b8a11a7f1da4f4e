import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../src', import.meta.url));

/** What clients of the HTTP routes rely on; every other failure is a 500. */
const statusOfCode: Record<string, number> = {
  UNAUTHENTICATED: 401,
  SESSION_ENDED: 401,
  DOUBLED_SESSION: 400,
  CROSS_SITE_REQUEST: 403,
  NOTHING_TO_SIGN_IN_TO: 409,
  TOKEN_TOO_LONG: 413,
  FORBIDDEN: 403,
  UNKNOWN_HOST: 421,
  TOO_MANY_ATTEMPTS: 429,
  MEDIA_NOT_FOUND: 404,
  FILE_NOT_FOUND_ON_DISK: 404,
  NOT_A_REGULAR_FILE: 404,
  PATH_OUTSIDE_ROOT: 403,
  UNKNOWN_CATEGORY: 404,
  EMPTY_FOLDER: 404,
  IMAGE_PROXY_NOT_FOUND: 404,
  INVALID_INPUT: 400,
  BAD_MULTIPART_REQUEST: 400,
  MULTIPART_REQUEST_TOO_LARGE: 413,
  ARCHIVE_NOT_PREPARED: 404,
  ARCHIVE_TOO_LARGE: 400,
  BROKEN_UPLOAD: 400,
  FILE_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA: 415,
  STORAGE_ERROR: 507,
  DISK_TOO_SMALL: 507,
  IMAGE_NOT_FOUND: 404,
  NO_STORYBOARD: 404,
  COMPANION_NOT_FOUND: 404,
  SUBTITLE_UNREADABLE: 422,
  SUBTITLE_TOO_LARGE: 422,
  AMBIGUOUS_IMAGE_NAME: 409,
  JOB_NOT_FOUND: 404,
  CATEGORY_OFFLINE: 503,
  SERVICE_BUSY: 503,
  UPSTREAM_UNREACHABLE: 502,
  UPSTREAM_REFUSED: 502,
  UPSTREAM_BROKEN: 502,
  UPSTREAM_TIMEOUT: 504,
};

interface ErrorClass {
  name: string;
  parent: string;
  isAbstract: boolean;
  code: string | undefined;
  httpStatus: number | undefined;
}

/** The classes of a source text that extend another, with the code and the status that stand in them. */
function errorClassesIn(text: string): ErrorClass[] {
  const classes = text.matchAll(/^(?:export )?(abstract )?class (\w+) extends (\w+) (?:\{\}|\{\n(.*?)^\})/gms);
  return Array.from(classes, ([, abstract, name = '', parent = '', body = '']) => {
    const [, value] = /readonly code(?:: [^=;]+)? = ([\w']+);/.exec(body) ?? [];
    const [, status] = /readonly httpStatus(?:: [^=;]+)? = (\d+);/.exec(body) ?? [];
    const constant = value && new RegExp(`const ${value} = ('\\w+');`).exec(text)?.[1];
    const code = (constant ?? value)?.replaceAll("'", '');
    return { name, parent, isAbstract: abstract !== undefined, code, httpStatus: status ? Number(status) : undefined };
  });
}

/** Every class of the sources that extends DomainError, also through another one, and is no abstract class. */
function readDomainErrors(): ErrorClass[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  const classes = files.flatMap((path) => errorClassesIn(readFileSync(join(root, path), 'utf8')));
  const parents = new Map(classes.map(({ name, parent }) => [name, parent]));
  const isDomainError = (name: string | undefined): boolean =>
    name !== undefined && (name === 'DomainError' || isDomainError(parents.get(name)));
  return classes.filter(({ parent, isAbstract }) => isDomainError(parent) && !isAbstract);
}

const errors = readDomainErrors();

it('knows every failure that clients of the HTTP routes rely on', () => {
  const codes = new Set(errors.map(({ code }) => code));
  expect(Object.keys(statusOfCode).filter((code) => !codes.has(code))).toEqual([]);
  expect(errors.length).toBeGreaterThan(80);
});

it.each(errors.filter(({ code }) => code !== undefined))('$name states its status beside its code', (error) => {
  expect(error.httpStatus).toBe(statusOfCode[error.code ?? ''] ?? 500);
});

it('knows the classes whose code is given to their constructor', () => {
  const others = errors.filter(({ code }) => code === undefined);
  expect(others.map(({ name, parent, httpStatus }) => [name, parent, httpStatus])).toEqual([
    ['PictureSkip', 'DomainError', 500],
    ['OwnerMissing', 'PictureSkip', undefined],
  ]);
});
