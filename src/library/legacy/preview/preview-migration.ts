import { isAbsolute } from 'node:path';
import { isWindowsPath } from '../../../base/config/root-path.ts';
import { resolveAllowed, type AllowedRoots } from '../../hashing/allowed-path.ts';
import { FileNotFoundError, PathNotAllowedError } from '../../hashing/hash-errors.ts';
import type { LegacyCopy } from '../make-legacy-copy.ts';
import type { ReadLegacyTable } from '../legacy-source.ts';
import { createMappingFinder, type PathMapping } from '../map-path.ts';
import { createCommonFolders, createSamples, type Samples } from './common-folders.ts';
import { suggestMapping } from './suggest-mapping.ts';

/** What a mapping, or the lack of one, would do to the models whose paths it decides. */
export interface MappingHits {
  modelCount: number;
  /** How many of them were looked for. */
  checkedCount: number;
  /** Those of the checked whose file is there. */
  foundCount: number;
  /** Those of the checked that lead out of the folders that files are hashed in. */
  outsideCount: number;
  example: { legacyPath: string; path: string } | null;
}

interface UnmappedFolder {
  /** As the earlier application wrote it. */
  path: string;
  modelCount: number;
  /** A mapping by which some of its files are found; null where none was. */
  suggestion: PathMapping | null;
}

/** What a migration would find, without writing anything. */
export interface MigrationPreview {
  modelCount: number;
  tagCount: number;
  /** In the order of the mappings. */
  mappings: (PathMapping & MappingHits)[];
  /** The models whose paths stay as they are. */
  unmapped: MappingHits;
  /** Where those models lay, unless their files are there as they are. */
  unmappedFolders: UnmappedFolder[];
}

interface PreviewOptions {
  rows: LegacyCopy['rows'];
  read: ReadLegacyTable;
  pathMappings: readonly PathMapping[];
  /** Where files are hashed. */
  fileRoots: AllowedRoots;
}

/** How many files of each mapping are looked for: a sample, as a library may have a million on a slow disk. */
export const filesChecked = 50;

/** Applies the mappings to every path of a legacy database, and looks whether files are there. */
export async function previewMigration({
  fileRoots,
  pathMappings,
  read,
  rows,
}: PreviewOptions): Promise<MigrationPreview> {
  const findMapping = createMappingFinder(pathMappings);
  const groups = [...pathMappings, null].map(createGroup);
  const unmapped = groups.at(-1) as Group;
  const folders = createCommonFolders();
  for await (const { paths } of read('paths')) {
    for (const { path: legacyPath } of paths) {
      if (legacyPath === '') continue; // none that can be taken over
      const hit = findMapping(legacyPath);
      const group = hit === null ? unmapped : (groups[hit.mapping] ?? unmapped);
      const path = hit?.path ?? legacyPath;
      group.modelCount += 1;
      group.example ??= { legacyPath, path };
      group.samples.add(path);
      if (hit === null) folders.add(legacyPath);
    }
  }
  const hits = await Promise.all(groups.map((group) => checkGroup(group, fileRoots)));
  const left = hits.at(-1) as MappingHits;
  const isFile = async (path: string) => (await lookFor(path, fileRoots)) === 'FOUND';
  const areThere = left.checkedCount > 0 && left.foundCount === left.checkedCount;
  const unmappedFolders: UnmappedFolder[] = [];
  for (const folder of areThere ? [] : folders.list()) {
    const { modelCount, path } = folder;
    const isKnown = unmappedFolders.length >= foldersSuggested;
    const suggestion = isKnown ? null : await suggestMapping(folder, fileRoots.paths.filter(isAbsolute), isFile);
    unmappedFolders.push({ path, modelCount, suggestion });
  }
  return {
    modelCount: rows.models,
    tagCount: rows.tags,
    mappings: pathMappings.map((mapping, at) => ({ ...mapping, ...(hits[at] as MappingHits) })),
    unmapped: left,
    unmappedFolders,
  };
}

/** For how many folders a mapping is looked for. */
const foldersSuggested = 8;

interface Group extends Pick<MappingHits, 'modelCount' | 'example'> {
  samples: Samples;
}

function createGroup(): Group {
  return { modelCount: 0, example: null, samples: createSamples(filesChecked) };
}

async function checkGroup({ example, modelCount, samples }: Group, roots: AllowedRoots): Promise<MappingHits> {
  const hits: MappingHits = { modelCount, example, checkedCount: 0, foundCount: 0, outsideCount: 0 };
  for (const path of samples.list()) {
    const found = await lookFor(path, roots);
    hits.checkedCount += 1;
    if (found === 'FOUND') hits.foundCount += 1;
    if (found === 'OUTSIDE') hits.outsideCount += 1;
  }
  return hits;
}

/** Looks for a file as hashing will; what lies outside of its folders is told from what is missing, and is not looked at. */
async function lookFor(path: string, roots: AllowedRoots): Promise<'FOUND' | 'MISSING' | 'OUTSIDE'> {
  // Such a path would be looked up below the working folder.
  if (!isAbsolute(path) || (isWindowsPath(path) && process.platform !== 'win32')) return 'OUTSIDE';
  try {
    await resolveAllowed(path, roots);
    return 'FOUND';
  } catch (error) {
    if (error instanceof FileNotFoundError) return 'MISSING';
    if (error instanceof PathNotAllowedError) return 'OUTSIDE';
    throw error;
  }
}
