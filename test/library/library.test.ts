import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { tasksInProcesses } from '../../src/library/workers/tasks.ts';

const sources = fileURLToPath(new URL('../../src', import.meta.url));

/** All that is loaded with a source: sources by their paths, packages by their names. */
function loadedWith(entry: string): Set<string> {
  const loaded = new Set<string>();
  const waiting = [join(sources, entry)];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const imports = readFileSync(path, 'utf8').matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)';/gm);
    for (const [, name = ''] of imports) {
      const file = name.startsWith('.') ? join(dirname(path), name) : null;
      const known = file === null ? name : relative(sources, file);
      if (loaded.has(known)) continue;
      loaded.add(known);
      if (file !== null) waiting.push(file);
    }
  }
  return loaded;
}

it('is loaded without what only the service needs, of which commands would wait for half a second', () => {
  const loaded = [...loadedWith('library/library.ts')];
  expect(loaded).toEqual(expect.arrayContaining(['library/scan/scan.ts', 'library/jobs/jobs.ts', 'piscina']));
  expect(
    loaded.filter((name) =>
      /^(service|library\/ingest|library\/scan\/watch)\/|^(graphql|fastify|@pothos|undici|pg$)/.test(name),
    ),
  ).toEqual([]);
});

it('decodes pictures in processes alone: no thread of the service, which nothing could interrupt, loads sharp', () => {
  const tasks = readFileSync(join(sources, 'library/workers/tasks.ts'), 'utf8');
  const files = Array.from(tasks.matchAll(/^  (\w+): \(\) =>\s+import\('\.\.\/(.+?)'\)/gm));
  // FFmpeg's libraries are native code before strangers' files as well, in tasks that make no picture of what they read.
  const decoders = ['sharp', 'base/films/native-ffmpeg.ts'];
  const loading = files
    .filter(([, , file]) => decoders.some((decoder) => loadedWith(`library/${file}`).has(decoder)))
    .map(([, name]) => name);
  expect(new Set(loading)).toEqual(new Set(tasksInProcesses));
  expect(loadedWith('service/service.ts')).not.toContain('sharp');
});

it('is part of what the service loads', () => {
  expect([...loadedWith('service/service.ts')]).toEqual(
    expect.arrayContaining([...loadedWith('library/library.ts'), 'graphql', 'fastify']),
  );
});

it('has no part of the service that waits for the scripts of GraphiQL, which only a browser needs', () => {
  const loaded = loadedWith('service/service.ts');
  expect(loaded).toContain('service/graphql/yoga.ts');
  expect(loaded).not.toContain('@graphql-yoga/render-graphiql');
});
