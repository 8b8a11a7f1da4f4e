import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readDocuments, root } from './read-documents.ts';

const documents = readDocuments().filter(({ path }) => /^(?:ARCHITECTURE|CONTRIBUTING)|^docs\/adr\//.test(path));
const files = ['src', 'test', 'scripts', 'schema', 'prisma', 'docs', 'config'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
    (path) => `/${folder}/${path.replaceAll('\\', '/')}`,
  ),
);

it('every file that ARCHITECTURE.md, CONTRIBUTING.md and the decisions name is there', () => {
  const named = documents.flatMap(({ path, text }) =>
    Array.from(text.matchAll(/`(\w[\w./-]*\.(?:ts|mjs|md|json|graphql|prisma))`/g), ([, file = '']) => ({
      path,
      file,
    })),
  );
  expect(named.length).toBeGreaterThan(150);
  expect(named.filter(({ file }) => !isThere(file)).map(({ path, file }) => `${path}: ${file}`)).toEqual([]);
});

/** A path starts at the root of the repository, at `src/`, or at the room that the text is about. */
function isThere(file: string): boolean {
  return existsSync(join(root, file)) || files.some((path) => path.endsWith(`/${file}`));
}
