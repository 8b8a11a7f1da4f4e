import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** From top to bottom: each may import what stands below it. */
const storeys = ['main.ts', 'commands', 'service', 'library', 'base'];

/** The page stands beside them: it knows the service by its API alone. */
const isPage = (path: string) => path.startsWith('web/');

interface Import {
  from: string;
  to: string;
}

/** The rooms of `library` from top to bottom, as ARCHITECTURE.md lists them. */
function listedRooms(): string[] {
  const [, section = ''] = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8').split('\n## The rooms of the library\n');
  const [list = ''] = section.split('\n## ');
  return Array.from(list.matchAll(/^\d+\. `([\w-]+)\/`/gm), ([, room = '']) => room);
}

function sourceFiles(): string[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path) && !/(?:^|\/)generated\//.test(path));
}

function linesIn(path: string): number {
  return readFileSync(join(root, 'src', path), 'utf8').split('\n').length - 1;
}

/** Every relative import in a source text: static, of types alone, re-exported, dynamic, or in a type position. */
function importsIn(text: string): string[] {
  const code = text.replaceAll(/\/\*.*?\*\//gs, '').replaceAll(/^\s*\/\/.*$/gm, '');
  const statements = code.matchAll(/\b(?:from|import|require)\s*\(?\s*['"`](\.[^'"`]+)['"`]/g);
  return Array.from(statements, ([, name = '']) => name);
}

function importsOf(files: readonly string[]): Import[] {
  return files.flatMap((from) =>
    importsIn(readFileSync(join(root, 'src', from), 'utf8')).map((name) => ({
      from,
      to: posix.join(posix.dirname(from), name),
    })),
  );
}

/** Imports that lead from a lower place of the order to a higher one; places that are not in the order do not count. */
function upward(imports: readonly Import[], placeOf: (path: string) => number): string[] {
  return imports
    .filter(({ from, to }) => placeOf(from) >= 0 && placeOf(to) >= 0 && placeOf(to) < placeOf(from))
    .map(({ from, to }) => `${from} → ${to}`);
}

/** The circles among nodes, each once, as the path back to its first node. */
function circles(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (node: string, path: string[]) => {
    if (path.includes(node)) found.push([...path.slice(path.indexOf(node)), node].join(' → '));
    if (path.includes(node) || done.has(node)) return;
    for (const next of edges.get(node) ?? []) visit(next, [...path, node]);
    done.add(node);
  };
  for (const node of edges.keys()) visit(node, []);
  return found;
}

function edgesOf(imports: readonly Import[], nameOf: (path: string) => string): Map<string, Set<string>> {
  const edges = new Map<string, Set<string>>();
  for (const { from, to } of imports) {
    const [a, b] = [nameOf(from), nameOf(to)];
    if (a !== b) edges.set(a, (edges.get(a) ?? new Set()).add(b));
  }
  return edges;
}

const storeyOf = (path: string) => storeys.indexOf(path.split('/')[0] ?? '');
const rooms = listedRooms();
/** -1 for what stands in no room, as `library/library.ts` does. */
const roomOf = (path: string) => (path.startsWith('library/') ? rooms.indexOf(path.split('/')[1] ?? '') : -1);
/** A folder of a storey; a file that stands beside the folders is a room of its own. */
const folderOf = (path: string) => path.split('/').slice(0, 2).join('/');

const files = sourceFiles();
const imports = importsOf(files);

it('no file imports from a storey above its own', () => {
  expect(files.filter((path) => storeyOf(path) < 0 && !isPage(path))).toEqual([]);
  expect(imports.length).toBeGreaterThan(files.length);
  expect(upward(imports, storeyOf)).toEqual([]);
});

it('the page imports nothing of the service, and nothing imports the page', () => {
  expect(files.filter(isPage).length).toBeGreaterThan(20);
  const root = posix.normalize('../codegen.ts');
  const across = imports.filter(({ from, to }) => isPage(from) !== isPage(to) && to !== root);
  expect(across).toEqual([]);
});

it('ARCHITECTURE.md lists every room of the library once, and none calls a room above it', () => {
  const folders = readdirSync(join(root, 'src/library'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  expect(rooms.toSorted()).toEqual(folders.map(({ name }) => name).toSorted());
  expect(upward(imports, roomOf)).toEqual([]);
});

it('no room calls back into one that calls it, in any storey', () => {
  expect(circles(edgesOf(imports, folderOf))).toEqual([]);
});

it('no file is part of a circle of imports, those of types and dynamic ones included', () => {
  expect(circles(edgesOf(imports, (path) => path))).toEqual([]);
});

it('no file has more than 250 lines, and no folder more than 30 files but that of the GraphQL schema', () => {
  expect(files.filter((path) => linesIn(path) > 250)).toEqual([]);
  const counts = new Map<string, number>();
  for (const folder of files.map((path) => posix.dirname(path))) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  const crowded = [...counts].filter(([, count]) => count > 30).map(([folder]) => folder);
  expect(crowded).toEqual(['service/schema']);
});

it('tests stand in folders that mirror those of the sources', () => {
  const ownFolders = /^(?:bench|crash|docs|fixtures|generated|nodes|packaging|scripts|support)(?:\/|$)/;
  const tested = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => posix.dirname(path.replaceAll('\\', '/')))
    .filter((folder) => !ownFolders.test(folder));
  const folders = new Set(files.map((path) => posix.dirname(path)));
  expect([...new Set(tested)].filter((folder) => !folders.has(folder))).toEqual([]);
});

it('sees a wrong import in each of its forms', () => {
  const planted = [
    `import { a } from '../../service/service.ts';`,
    `import type { A } from '../../service/service.ts';`,
    `export { a } from '../../service/service.ts';`,
    `import {\n  a,\n  b,\n} from '../../service/service.ts';`,
    `const { a } = await import('../../service/service.ts');`,
    `let a: import('../../service/service.ts').A;`,
    `import '../../service/service.ts';`,
  ];
  for (const text of planted) {
    const [name = ''] = importsIn(text);
    const to = posix.join(dirname('library/scan/scan.ts'), name);
    expect(upward([{ from: 'library/scan/scan.ts', to }], storeyOf)).toEqual([
      'library/scan/scan.ts → service/service.ts',
    ]);
  }
  expect(upward([{ from: 'library/jobs/jobs.ts', to: 'library/scan/scan.ts' }], roomOf)).toHaveLength(1);
  const circle = edgesOf(
    [
      { from: 'a.ts', to: 'b.ts' },
      { from: 'b.ts', to: 'c.ts' },
      { from: 'c.ts', to: 'a.ts' },
    ],
    (path) => path,
  );
  expect(circles(circle)).toEqual(['a.ts → b.ts → c.ts → a.ts']);
});
