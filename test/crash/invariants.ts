import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { isProcessAlive } from '../../src/base/files/is-process-alive.ts';
import { readRows, type Row } from './catalogue-state.ts';
import type { Acknowledged } from './scenario.ts';

/** What is wrong in a work folder after a kill and a restart, a sentence each. */
export async function findBreaches(folder: string, acknowledged: readonly Acknowledged[]): Promise<string[]> {
  return [
    ...checkDatabase(folder),
    ...(await checkAcknowledged(folder, acknowledged)),
    ...(await checkItems(folder)),
    ...(await findTemporaryFiles(folder)),
    ...(await checkDeletionsLog(folder)),
  ];
}

function checkDatabase(folder: string): string[] {
  const breaches: string[] = [];
  const [integrity] = readRows(folder, 'PRAGMA integrity_check');
  if (integrity?.integrity_check !== 'ok') breaches.push(`the database is damaged: ${JSON.stringify(integrity)}`);
  const orphans = readRows(folder, 'PRAGMA foreign_key_check');
  if (orphans.length > 0) breaches.push(`foreign keys lead nowhere: ${JSON.stringify(orphans)}`);
  const active = readRows(folder, "SELECT kind, status, runner FROM jobs WHERE status IN ('QUEUED', 'RUNNING')");
  for (const { kind, status, runner } of active) {
    const pid = Number(/:(\d+):/.exec(String(runner))?.[1]);
    if (!isProcessAlive(pid)) breaches.push(`a ${String(kind)} job is ${String(status)} and nobody runs it`);
  }
  return breaches;
}

async function checkAcknowledged(folder: string, acknowledged: readonly Acknowledged[]): Promise<string[]> {
  const breaches: string[] = [];
  for (const told of acknowledged) {
    const [item] = readRows(folder, `${itemQuery} WHERE media_items.id = ?`, told.id);
    const problem = await checkOne(folder, told, item);
    if (problem !== null) breaches.push(`${JSON.stringify(told)} was acknowledged, but ${problem}`);
  }
  return breaches;
}

const itemQuery = `SELECT media_items.*, status FROM media_items JOIN shelves ON shelves.id = shelf_id`;

async function checkOne(folder: string, told: Acknowledged, item: Row | undefined): Promise<string | null> {
  if (told.kind === 'removed') {
    if (item !== undefined) return 'its row is there';
    return told.withFile && existsSync(join(folder, told.path)) ? 'its file is there' : null;
  }
  if (item === undefined) return 'there is no row';
  if (told.kind === 'hidden') return item.status === 'DELETED' ? null : `it is ${String(item.status)}`;
  if (item.status !== 'AVAILABLE') return `it is ${String(item.status)}`;
  const { sha256, title } = item;
  if (sha256 !== told.sha256 || title !== told.title) return `its row has ${JSON.stringify({ sha256, title })}`;
  const bytes = await readFile(pathOf(folder, item)).catch(() => null);
  return bytes !== null && hashOf(bytes) === told.sha256 ? null : 'its file is not there, or another';
}

/** Files that are removed while the service is off are no breach: a row tells of a file only where one is. */
async function checkItems(folder: string): Promise<string[]> {
  const breaches: string[] = [];
  for (const item of readRows(folder, `${itemQuery} WHERE status = 'AVAILABLE' AND sha256 IS NOT NULL`)) {
    const bytes = await readFile(pathOf(folder, item)).catch(() => null);
    const isRight = bytes !== null && bytes.length === Number(item.size_bytes) && hashOf(bytes) === item.sha256;
    if (!isRight) breaches.push(`${String(item.relative_path)} is not what its row says`);
  }
  for (const proxy of readRows(folder, 'SELECT * FROM image_proxies WHERE sha256 IS NOT NULL')) {
    const bytes = await readFile(join(folder, 'data/proxy_image', String(proxy.filename))).catch(() => null);
    if (bytes === null || hashOf(bytes) !== proxy.sha256) breaches.push(`the proxy ${String(proxy.filename)} is not`);
  }
  for (const { sha256, seq } of readRows(folder, 'SELECT sha256, seq FROM model_images')) {
    for (const tier of ['high', 'medium', 'low']) {
      const name = `${String(sha256)}_${String(seq)}_${tier}.webp`;
      if (!existsSync(join(folder, 'data/images', name))) breaches.push(`the picture ${name} has a row and no file`);
    }
  }
  for (const { name } of readRows(folder, 'SELECT name FROM pending_images UNION SELECT name FROM picture_moves')) {
    const path = join(folder, 'data/images/pending', String(name));
    if (!existsSync(path)) breaches.push(`the pending picture ${String(name)} has a row and no file`);
  }
  return breaches;
}

export const pathOf = (folder: string, { root_category: category, relative_path: path }: Row): string =>
  join(folder, 'library', String(category), String(path));

export const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Names that files have until they are whole. Resumable uploads are whole in themselves: the facts beside the bytes. */
async function findTemporaryFiles(folder: string): Promise<string[]> {
  const breaches: string[] = [];
  for (const path of await listFiles(folder)) {
    const name = path.split('/').at(-1) ?? '';
    const isUnfinished =
      /\.(part|tmp)$|^\.rendering-/.test(name) ||
      path.includes('/.unfinished/') ||
      (path.startsWith('data/incoming/') && !path.startsWith('data/incoming/resumable/')) ||
      /^data\/(legacy|fetched|images\/\.incoming)\//.test(path) ||
      (path.startsWith('library/') && name.startsWith('.mediashelf-') && name !== '.mediashelf-root');
    if (isUnfinished) breaches.push(`${path} is temporary, and there after the start`);
    if (path.startsWith('data/incoming/resumable/')) breaches.push(...(await checkPart(folder, path)));
  }
  return breaches;
}

async function checkPart(folder: string, path: string): Promise<string[]> {
  const partner = path.endsWith('.json') ? path.slice(0, -'.json'.length) : `${path}.json`;
  if (!existsSync(join(folder, partner))) return [`${path} is one half of a resumable upload`];
  if (!path.endsWith('.json')) return [];
  try {
    const { size } = JSON.parse(await readFile(join(folder, path), 'utf8')) as { size: number };
    return (await stat(join(folder, partner))).size < size ? [] : [`${path} tells of an upload that is complete`];
  } catch {
    return [`${path} holds half of the facts`];
  }
}

export async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

/** Whole lines of JSON, none of them twice. */
async function checkDeletionsLog(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, 'logs/media_deletions.log'), 'utf8').catch(() => '');
  if (text !== '' && !text.endsWith('\n')) return ['the deletions log ends within a line'];
  const seen = new Set<string>();
  const breaches: string[] = [];
  for (const line of text.split('\n').slice(0, -1)) {
    try {
      const { category, path, action } = JSON.parse(line) as Record<string, string>;
      const key = `${action} ${category}/${path}`;
      if (seen.has(key)) breaches.push(`the deletions log has ${key} twice`);
      seen.add(key);
    } catch {
      breaches.push(`the deletions log has a line that is no JSON: ${line.slice(0, 80)}`);
    }
  }
  return breaches.slice(0, 5);
}
