import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { environmentSchema } from '../../src/base/config/settings-schema.ts';
import { startTestService } from '../support/test-service.ts';
import { environmentOf, readCopy, readDockerfile, type Stage } from './read-dockerfile.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const stages = await readDockerfile(join(root, 'Dockerfile'));
const runtime = stages.at(-1) as Stage;

/** What the commands of a stage make. */
const made: Record<string, string[]> = { build: ['/build/dist'], modules: ['/build/node_modules'] };

it('copies only what is in the repository, past .dockerignore, or what an earlier stage has made', async () => {
  const ignored = (await readFile(join(root, '.dockerignore'), 'utf8')).split('\n');
  const faults: string[] = [];
  for (const stage of stages) {
    for (const instruction of stage.instructions.filter(({ name }) => name === 'COPY')) {
      const { from, sources } = readCopy(instruction);
      for (const source of sources) {
        if (from !== undefined) {
          if (!made[from]?.includes(source)) faults.push(`${source} is not made by the stage ${from}`);
        } else if (!existsSync(join(root, source))) faults.push(`${source} is not there`);
        else if (!ignored.includes(`!${source.split('/')[0]}`)) faults.push(`.dockerignore keeps ${source} out`);
      }
    }
  }
  expect(faults).toEqual([]);
  const { compilerOptions } = JSON.parse(await readFile(join(root, 'tsconfig.build.json'), 'utf8')) as {
    compilerOptions: { outDir: string };
  };
  expect(made.build).toEqual([`/build/${compilerOptions.outDir}`]);
});

it('has at run time all that the program reads beside itself', () => {
  const targets = runtime.instructions.filter(({ name }) => name === 'COPY').flatMap((copy) => readCopy(copy).sources);
  expect(targets).toEqual(
    expect.arrayContaining(['/build/dist', '/build/node_modules', 'package.json', 'prisma/migrations']),
  );
});

it('runs as a user with a fixed number who is not root', () => {
  const users = runtime.instructions.filter(({ name }) => name === 'USER').map(({ text }) => text);
  expect(users).toHaveLength(1);
  expect(users[0]).toMatch(/^[1-9]\d*:[1-9]\d*$/);
});

it('loads nothing by address, and holds no secret', () => {
  const instructions = stages.flatMap((stage) => stage.instructions);
  expect(instructions.filter(({ name }) => name === 'ADD')).toEqual([]);
  const addresses = instructions.flatMap(({ text }) => text.match(/\b(?:https?|ftp|git):\/\/[^/:\s]+/g) ?? []);
  expect(addresses).toEqual(['http://127.0.0.1']); // of the health check
  expect(instructions.filter(({ text }) => /password|secret|token|credential/i.test(text))).toEqual([]);
});

it('sets what the service knows, to values that it takes, with its state in the volumes', () => {
  const { MALLOC_ARENA_MAX, UV_THREADPOOL_SIZE, ...environment } = environmentOf(runtime);
  expect(MALLOC_ARENA_MAX).toBe('2');
  // Flushes of many uploads must not take all threads that read files.
  expect(UV_THREADPOOL_SIZE).toBe('16');
  expect(Object.keys(environment).filter((name) => !(name in environmentSchema.shape))).toEqual([]);
  const given = environmentSchema.parse(environment);
  expect(given).toMatchObject({
    NODE_ENV: 'production',
    HOST: '0.0.0.0',
    MEDIA_CONFIG: '/config/watch_media_dirs.yml',
  });
  const volumes = runtime.instructions.find(({ name }) => name === 'VOLUME')?.text ?? '[]';
  expect(JSON.parse(volumes)).toEqual([given.DATA_DIR, given.LOG_DIR]);
  expect(runtime.instructions).toContainEqual({ name: 'EXPOSE', text: String(given.PORT) });
  expect(runtime.instructions).toContainEqual({ name: 'STOPSIGNAL', text: 'SIGTERM' });
});

it('starts the program of the package', async () => {
  const { bin } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { bin: Record<string, string> };
  expect(runtime.instructions).toContainEqual({ name: 'ENTRYPOINT', text: `["node", "/app/${bin.mediashelf}"]` });
  expect(runtime.instructions).toContainEqual({ name: 'CMD', text: '["serve"]' });
});

it('has a health check that tells a service that is ready from one that is not there', async () => {
  const { url, close } = await startTestService();
  const { port } = new URL(url);
  expect(await checkHealth(port)).toBe(0);
  await close();
  expect(await checkHealth(port)).toBe(1);
});

/** Runs the command of the image, and gives its exit code. */
async function checkHealth(port: string): Promise<number> {
  const { text } = runtime.instructions.find(({ name }) => name === 'HEALTHCHECK') ?? { text: '' };
  const [, ...args] = JSON.parse(text.slice(text.indexOf('['))) as string[];
  const child = spawn(process.execPath, args, { env: { PORT: port }, stdio: 'ignore' });
  const [code] = (await once(child, 'close')) as [number];
  return code;
}
