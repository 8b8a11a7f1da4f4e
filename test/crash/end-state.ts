import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readRows, type Row } from './catalogue-state.ts';
import { hashOf, listFiles, pathOf } from './invariants.ts';

/** All that is left at the end, a line for each thing, without what differs between two runs: times, ids, places. */
export async function readEndState(folder: string): Promise<string[]> {
  const lines = [...readItems(folder), ...readOtherRows(folder)];
  for (const path of await listFiles(folder)) {
    if (/catalogue\.db|\/resumable\/|\/finished_uploads\/|\.mediashelf-root$|^(trace|config)/.test(path)) continue;
    const bytes = await readFile(join(folder, path));
    // The name of a cached picture begins with a hash of where its original lies.
    if (path.startsWith('data/thumbnails/')) lines.push(`thumbnail ${bytes.length}`);
    else if (path.endsWith('.log')) lines.push(...readLog(bytes.toString()));
    else if (!path.startsWith('legacy/')) lines.push(`file ${path} ${hashOf(bytes)}`);
  }
  // Texts that are searched are in lower case.
  const place = new RegExp(`${dirname(folder)}/[^/"\\\\]+`, 'gi');
  return lines.map((line) => line.replaceAll(place, '<folder>')).sort();
}

function readItems(folder: string): string[] {
  const items = readRows(
    folder,
    `SELECT media_items.*, status, category, media_type FROM media_items JOIN shelves ON shelves.id = shelf_id`,
  );
  return items.map((item) => {
    const isThere = existsSync(pathOf(folder, item));
    return `item ${String(item.root_category)}/${String(item.relative_path)} ${isThere} ${show(item)}`;
  });
}

const tables = [
  'category_scans',
  'system_settings',
  'shelves',
  'models',
  'tags',
  'model_tags',
  'model_images',
  'pending_import',
  'pending_model_tags',
  'pending_images',
  'settled_imports',
  'picture_moves',
  'image_proxies',
];

function readOtherRows(folder: string): string[] {
  return tables.flatMap((table) => readRows(folder, `SELECT * FROM ${table}`).map((row) => `${table} ${show(row)}`));
}

/** Of a time it is told whether there is one. */
function show(row: Row): string {
  const known = Object.entries(row)
    .filter(([column]) => !volatile.has(column))
    .map(([column, value]) => [column, /_at$|_since$/.test(column) ? value !== null : value]);
  return JSON.stringify(Object.fromEntries(known));
}

const volatile = new Set(['id', 'shelf_id', 'signature', 'modified_at', 'root_identity', 'job_id', 'media_item_id']);

function readLog(text: string): string[] {
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line) => {
    const { timestamp: _, ...entry } = JSON.parse(line) as Record<string, string>;
    return `deletion ${JSON.stringify(entry)}`;
  });
}
