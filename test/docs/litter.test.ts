import { expect, it } from 'vitest';
import { litterNames } from '../../src/library/catalogue/litter.ts';
import { readDocuments } from './read-documents.ts';

it('docs/scan.md lists what is left out of every category', () => {
  const page = readDocuments().find(({ path }) => path === 'docs/scan.md');
  const listed = Array.from(
    page?.text.matchAll(/^- \*\*(.+):\*\* ((?:.|\n {2})+)$/gm) ?? [],
    ([, origin, names = '']) => [origin, names.split(/,\s+/).map((name) => name.slice(1, -1))],
  );
  expect(Object.fromEntries(listed)).toMatchObject(litterNames);
});
