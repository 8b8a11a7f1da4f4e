import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { limitsTables } from './limits-tables.ts';
import { metricsTable } from './metrics-table.ts';
import { settingsTables } from './settings-tables.ts';

interface Document {
  path: string;
  /** As it stands on the disk. */
  current: string;
  /** With every generated part as the code has it now. */
  filled: string;
}

/**
 * The documents below `docs/` with what stands between `<!-- generated: name -->` and `<!-- end of name -->` made anew.
 * Throws where a document names a part that nothing generates, or where no document has a part.
 */
export async function fillDocuments(root: string): Promise<Document[]> {
  const parts = new Map(Object.entries({ ...settingsTables(), ...limitsTables(), ...(await metricsTable()) }));
  const used = new Set<string>();
  const names = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
  const documents = names.map((name) => {
    const path = join(root, 'docs', name);
    const current = readFileSync(path, 'utf8');
    return { path, current, filled: fillParts(current, parts, used) };
  });
  const missing = [...parts.keys()].filter((name) => !used.has(name));
  if (missing.length > 0) throw new Error(`no document has the generated parts: ${missing.join(', ')}`);
  return documents;
}

function fillParts(text: string, parts: ReadonlyMap<string, string>, used: Set<string>): string {
  return text.replaceAll(/<!-- generated: (.+?) -->.*?<!-- end of \1 -->/gs, (_, name: string) => {
    const part = parts.get(name);
    if (part === undefined) throw new Error(`nothing generates the part ${name}`);
    used.add(name);
    return `<!-- generated: ${name} -->\n\n${part}\n\n<!-- end of ${name} -->`;
  });
}
