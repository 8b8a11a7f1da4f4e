// @ts-check
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One part of the build.
 *
 * @typedef {object} Step
 * @property {string[]} inputs Files and folders that the output is made from; one that is missing counts as empty.
 * @property {string} output The folder that it fills.
 * @property {string[]} [apart] Folders below the inputs or the output that belong to other steps.
 * @property {(hasIntactOutput: boolean) => Promise<void>} run Makes the output; rejects where it cannot. With an intact
 *   output, all of it is as the last successful run left it.
 */

const stampName = '.made-from.json';

/**
 * Whether the output was made from the inputs as they are now, and nobody has touched it since.
 *
 * @param {Step} step
 */
export function isFresh(step) {
  const stamp = readStamp(step);
  return stamp !== null && stamp.inputs === hashInputs(step) && stamp.output === hashOutput(step);
}

/**
 * Makes the output unless it is fresh. The stamp that says what it was made from is taken away first, so that a run
 * that fails or is killed is done again, and holds the inputs as they were at the beginning, so that an edit during the
 * run counts.
 *
 * @param {Step} step
 */
export async function makeStep(step) {
  if (isFresh(step)) return;
  const inputs = hashInputs(step);
  const hasIntactOutput = readStamp(step)?.output === hashOutput(step);
  const stampPath = join(step.output, stampName);
  rmSync(stampPath, { force: true });
  await step.run(hasIntactOutput);
  writeFileSync(stampPath, JSON.stringify({ inputs, output: hashOutput(step) }));
}

/**
 * @param {Step} step
 * @returns {{ inputs: string, output: string } | null}
 */
function readStamp({ output }) {
  try {
    return JSON.parse(readFileSync(join(output, stampName), 'utf8'));
  } catch {
    return null; // never made, or not to its end
  }
}

/**
 * Hashes the inputs; an output that lies inside an input does not count.
 *
 * @param {Step} step
 */
function hashInputs({ inputs, output, apart = [] }) {
  return hashFiles(without([output, ...apart], inputs.flatMap(listFiles)));
}

/** @param {Step} step */
function hashOutput({ output, apart = [] }) {
  return hashFiles(without(apart, listFiles(output)));
}

/**
 * @param {string[]} folders
 * @param {string[]} paths
 */
function without(folders, paths) {
  return paths.filter((path) => !folders.some((folder) => path.startsWith(`${folder}/`)));
}

/** @param {string[]} paths */
function hashFiles(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    const content = readFileSync(path);
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * Lists the file itself, or all files below the folder, without stamps.
 *
 * @param {string} path
 * @returns {string[]}
 */
export function listFiles(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (!stats.isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .filter(({ name }) => name !== stampName)
    .flatMap((entry) => (entry.isDirectory() ? listFiles(join(path, entry.name)) : [join(path, entry.name)]));
}
