import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';

interface Chunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
  css?: string[];
}

it('the first picture waits for no more than 190 kB of script and 20 kB of style, packed', async () => {
  const folder = inject('page');
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Record<string, Chunk>;
  const first = new Set<string>();
  const visit = (name: string) => {
    const chunk = manifest[name];
    if (chunk === undefined || first.has(name)) return;
    first.add(name);
    for (const next of chunk.imports ?? []) visit(next);
  };
  for (const [name, { isEntry = false }] of Object.entries(manifest)) if (isEntry) visit(name);
  const chunks = [...first].flatMap((name) => manifest[name] ?? []);
  const sizeOf = async (files: string[]) => {
    const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, `${file}.gz`))).size));
    return sizes.reduce((sum, size) => sum + size, 0);
  };
  const script = await sizeOf(chunks.map(({ file }) => file));
  expect(script).toBeGreaterThan(50_000);
  expect(script).toBeLessThan(190_000);
  expect(await sizeOf(chunks.flatMap(({ css }) => css ?? []))).toBeLessThan(20_000);
  expect((await stat(join(folder, 'index.html'))).size).toBeLessThan(2_000);
});
