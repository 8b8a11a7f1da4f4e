import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { readDocuments, root } from './read-documents.ts';

const documents = readDocuments();

it('every link between the documents leads to a file, and to a heading of it', () => {
  const links = documents.flatMap(({ path, text }) =>
    Array.from(withoutBlocks(text).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g), ([, target = '', heading]) => ({
      from: path,
      target: target === '' ? path : join(dirname(path), target),
      heading,
    })),
  );
  expect(links.length).toBeGreaterThan(40);
  expect(links.filter(({ target, heading }) => !leadsSomewhere(target, heading))).toEqual([]);
});

it('every page of docs/ is linked from the README', () => {
  const { text = '' } = documents.find(({ path }) => path === 'README.md') ?? {};
  const pages = documents.map(({ path }) => path).filter((path) => /^docs\/[^/]*$/.test(path));
  expect(pages.filter((path) => !text.includes(`](${path})`))).toEqual([]);
});

it('the README is short enough to be read', () => {
  expect(statSync(join(root, 'README.md')).size).toBeLessThanOrEqual(14_000);
});

function leadsSomewhere(target: string, heading: string | undefined): boolean {
  const path = join(root, target);
  if (!existsSync(path)) return false;
  return heading === undefined || headingsOf(readFileSync(path, 'utf8')).includes(heading);
}

/** The anchors that GitHub gives to headings. */
function headingsOf(text: string): string[] {
  return Array.from(withoutBlocks(text).matchAll(/^#+ (.*)$/gm), ([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\d\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function withoutBlocks(text: string): string {
  return text.replaceAll(/^ *```.*?^ *```$/gms, '');
}
