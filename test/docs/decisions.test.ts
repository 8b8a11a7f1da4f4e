import { expect, it } from 'vitest';
import { readDocuments } from './read-documents.ts';

it('the index of the decisions has each of them once, under its title and with its date', () => {
  const documents = readDocuments().filter(({ path }) => path.startsWith('docs/adr/'));
  const [index, ...others] = documents.filter(({ path }) => path.endsWith('README.md'));
  expect(others).toEqual([]);
  const decisions = documents
    .filter((document) => document !== index)
    .map(({ path, text }) => `[${/^# (.*)/.exec(text)?.[1]}](${path.slice('docs/adr/'.length)})`);
  const listed = Array.from(
    index?.text.matchAll(/^- (\[.*?\]\(.*?\)) \(\d{4}-\d\d-\d\d(?:; .*)?\)$/gm) ?? [],
    ([, link = '']) => link,
  );
  expect(listed.toSorted()).toEqual(decisions.toSorted());
});
