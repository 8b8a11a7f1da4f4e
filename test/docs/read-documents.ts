import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Document {
  /** From the root of the repository. */
  path: string;
  text: string;
}

/** All that people read first, the decisions included. */
export function readDocuments(): Document[] {
  const pages = ['docs', 'docs/adr'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  );
  return ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...pages].map(readDocument);
}

/** Reads one of them, by its path from the root of the repository. */
export function readDocument(path: string): Document {
  return { path, text: readFileSync(join(root, path), 'utf8') };
}

/** The contents of a document's code blocks in that language. */
export function blocksOf({ text }: Document, language: string): string[] {
  return Array.from(
    text.matchAll(new RegExp(`^ *\`\`\`${language}\\n(.*?)^ *\`\`\`$`, 'gms')),
    ([, code = '']) => code,
  );
}
