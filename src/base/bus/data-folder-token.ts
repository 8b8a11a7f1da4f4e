import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unfinishedName } from '../files/unfinished.ts';

/** The file by which nodes know whether they have one data folder. */
const tokenName = '.mediashelf-data';

/** Reads the ID of a data folder; null where it has none yet. */
export async function readDataFolderToken(dataDir: string): Promise<string | null> {
  const text = await readFile(join(dataDir, tokenName), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return /^[\da-f-]{36}$/m.exec(text)?.[0] ?? null;
}

/** The same, after giving the folder one where it has none: of several nodes that do so, the first one's counts. */
export async function markDataFolder(dataDir: string): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  const known = await readDataFolderToken(dataDir);
  if (known !== null) return known;
  const path = join(dataDir, tokenName);
  const unfinished = join(dataDir, `${tokenName}.${unfinishedName()}`);
  const text = `${explanation}\n${randomUUID()}\n`;
  try {
    await writeFile(unfinished, text, { flag: 'wx', flush: true });
    await link(unfinished, path).catch(async (error: NodeJS.ErrnoException) => {
      // The filesystem may have no links.
      if (error.code !== 'EEXIST') await writeFile(path, text, { flag: 'wx' });
    });
  } finally {
    await rm(unfinished, { force: true });
  }
  const token = await readDataFolderToken(dataDir);
  if (token === null) throw new Error(`${path} holds no ID: remove it.`);
  return token;
}

const explanation = 'Nodes of mediashelf know by this file that they have one data folder.';
