import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { fillDocuments } from '../../scripts/docs/fill-documents.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

it('the tables of settings, limits and metrics say what the code says', async () => {
  const documents = await fillDocuments(root);
  const filled = documents.filter(({ current }) => current.includes('<!-- generated: '));
  expect(filled.map(({ path }) => basename(path))).toEqual(['limits.md', 'operating.md', 'settings.md']);
  for (const { path, current, filled: expected } of filled) {
    expect(current, `${basename(path)} has drifted: run \`npm run docs\``).toBe(expected);
  }
});
