import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

const scripts = fileURLToPath(new URL('../../scripts', import.meta.url));

// In place of the real tools, which take seconds: each notes that it was run, prints, and writes what it is to write.
const tools = {
  tsx: `write('src/base/database/generated/client.ts')`,
  'graphql-codegen': `write(require('node:path').dirname(process.argv[3]).replace('.', 'src/commands') + '/generated/gql.ts')`,
  vite: `write('dist/web/index.html')`,
  tsc: `for (const path of ['main.ts', 'commands/a.ts']) if (fs.existsSync('src/' + path)) {
    write('dist/' + path.replace('.ts', '.js'));
    write('dist/' + path.replace('.ts', '.js.map'));
  }
  if (fs.readFileSync('src/main.ts', 'utf8') === 'wrong') { console.log('src/main.ts(1,1): error'); process.exit(2); }`,
};

interface Built {
  code: number;
  printed: string;
}

interface Tree {
  /** Builds. */
  start(...args: string[]): Promise<Built>;
  /** Builds, and gives the runs of tools that it took, with what was printed. */
  build(...args: string[]): Promise<Built & { runs: string[] }>;
  path(name: string): string;
}

async function tree(): Promise<Tree> {
  const folder = await temporaryFolder();
  const path = (name: string) => join(folder, name);
  await writeFiles(folder, [
    'src/main.ts',
    'src/commands/a.ts',
    'src/web/main.tsx',
    'test/b.test.ts',
    'schema/schema.graphql',
  ]);
  await writeFiles(folder, ['package-lock.json', 'codegen.ts', 'prisma/schema.prisma', 'tsconfig.build.json']);
  await cp(scripts, path('scripts'), { recursive: true });
  await mkdir(path('node_modules/.bin'), { recursive: true });
  for (const [name, body] of Object.entries(tools)) {
    const write = `const write = (path) => { fs.mkdirSync(require('node:path').dirname(path), { recursive: true }); fs.writeFileSync(path, 'made'); };`;
    const note = `fs.appendFileSync('runs', [${JSON.stringify(name)}, ...process.argv.slice(2)].join(' ') + '\\n');`;
    const source = `const fs = require('node:fs'); ${note} ${write} console.log('chatter'); ${body}`;
    await writeFile(path(`node_modules/.bin/${name}`), source);
  }
  async function start(...args: string[]): Promise<Built> {
    const child = spawn(process.execPath, [path('scripts/build.mjs'), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = once(child, 'close') as Promise<[number]>;
    const printed = (await Promise.all([text(child.stdout), text(child.stderr)])).join('');
    const [code] = await ended;
    return { code, printed };
  }
  return {
    path,
    start,
    async build(...args) {
      const { code, printed } = await start(...args);
      const runs = await readFile(path('runs'), 'utf8').catch(() => ''); // no tool was run
      await rm(path('runs'), { force: true });
      return { code, printed, runs: runs.split('\n').slice(0, -1).toSorted() };
    },
  };
}

const clients = 'tsx scripts/generate-clients.ts';
const serviceDocuments = 'graphql-codegen --config codegen.ts';
const testDocuments = 'graphql-codegen --config test/codegen.ts';
const pageDocuments = 'graphql-codegen --config src/web/codegen.ts';
const compiler = 'tsc --project tsconfig.build.json';
const joiner = 'tsx scripts/bundle.ts';
const bundler = 'vite build --config src/web/vite.config.ts';

it('makes all with one line, and prints and runs nothing the second time', async () => {
  const { build, path } = await tree();
  const first = await build();
  expect(first.runs).toEqual([serviceDocuments, pageDocuments, compiler, joiner, clients, bundler]);
  expect([first.code, first.printed]).toEqual([
    0,
    'Making src/base/database/generated, src/commands/generated, src/web/generated\nMaking dist, dist/web\n',
  ]);
  expect(await readdir(path('test'))).toEqual(['b.test.ts']);
  expect(await build()).toEqual({ code: 0, printed: '', runs: [] });
});

it('makes no more than what changed: for the service nothing because of a test', async () => {
  const { build, path } = await tree();
  await build();
  expect((await build('generate')).runs).toEqual([testDocuments]);
  await writeFile(path('test/b.test.ts'), 'changed');
  expect((await build()).runs).toEqual([]);
  expect((await build('generate')).runs).toEqual([testDocuments]);
  await writeFile(path('src/main.ts'), 'changed');
  expect((await build()).runs).toEqual([compiler, joiner]);
  await writeFile(path('src/commands/a.ts'), 'changed');
  expect((await build()).runs).toEqual([serviceDocuments, compiler, joiner]);
  await writeFile(path('src/web/main.tsx'), 'changed');
  expect((await build()).runs).toEqual([pageDocuments, bundler]);
  await writeFile(path('prisma/schema.prisma'), 'changed');
  expect((await build()).runs).toEqual([clients]);
  await writeFile(path('package-lock.json'), 'changed');
  expect((await build()).runs).toEqual([serviceDocuments, pageDocuments, compiler, joiner, clients, bundler]);
});

it('leaves nothing in dist of a source that was deleted, and makes what was deleted there again', async () => {
  const { build, path } = await tree();
  await build();
  await writeFile(path('dist/.tsbuildinfo'), 'of the compiler');
  await rm(path('src/commands/a.ts'));
  await build();
  expect(await readdir(path('dist'), { recursive: true })).not.toContain('commands/a.js');
  await rm(path('dist/main.js'));
  expect((await build()).runs).toEqual([compiler, joiner]);
  expect(await readdir(path('dist'))).toEqual(expect.arrayContaining(['main.js', 'main.js.map']));
  // Or else it would think that it had written all.
  expect(await readdir(path('dist'))).not.toContain('.tsbuildinfo');
});

it('prints what a tool that fails printed, and tries again the next time', async () => {
  const { build, path } = await tree();
  await build();
  await writeFile(path('src/main.ts'), 'wrong');
  for (let time = 0; time < 2; time++) {
    const { code, printed } = await build();
    expect(code).toBe(1);
    expect(printed).toBe(
      'Making dist\ntsc --project tsconfig.build.json failed:\nchatter\nsrc/main.ts(1,1): error\n\n',
    );
  }
  await writeFile(path('src/main.ts'), 'right');
  expect(await build()).toMatchObject({ code: 0, runs: [compiler, joiner] });
});

it('builds once where two commands are the first ones at one moment', async () => {
  const { start, path } = await tree();
  const both = await Promise.all([start(), start()]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  expect(both.map(({ printed }) => printed).toSorted((a, b) => a.length - b.length)[0]).not.toContain('Making');
  const runs = await readFile(path('runs'), 'utf8');
  expect(runs.trim().split('\n').toSorted()).toEqual([
    serviceDocuments,
    pageDocuments,
    compiler,
    joiner,
    clients,
    bundler,
  ]);
});
