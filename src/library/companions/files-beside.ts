import { posix } from 'node:path';
import { folderArtworkNames, ownArtworkNames } from './artwork-names.ts';
import { kindOf, type ItemCompanionKind } from './choose-main.ts';
import { foldName } from './fold-name.ts';
import { readGroupName } from './group-names.ts';
import { sidecarKindOf, sidecarPrefixes, type SidecarKind } from './sidecar-kinds.ts';
import type { SubtitleFacts } from './subtitle-names.ts';
import { findSubtitles, type ListNames } from './subtitles-beside.ts';
import type { PlacedItem } from './work-folders.ts';

export type FileCompanionKind = ItemCompanionKind | SidecarKind | 'ARTWORK' | 'SUBTITLE';

/** A file that belongs to an item and is none itself. */
export interface FileBeside {
  kind: FileCompanionKind;
  /** From the root of the category. */
  relativePath: string;
  /** Null where it is no subtitle. */
  subtitle: SubtitleFacts | null;
}

/**
 * Finds the files that belong to an item by their names, each once: subtitles, artwork, sidecars, and pictures and films of the same
 * moment, whether they are catalogued or not. Whether they can be opened is not known.
 */
export async function findFilesBeside(item: PlacedItem, list: ListNames): Promise<FileBeside[]> {
  const { relativePath, mediaType } = item;
  const folder = posix.dirname(relativePath);
  const names = await list(folder);
  const found = new Map<string, FileBeside>();
  const add = (kind: FileCompanionKind, path: string, subtitle: SubtitleFacts | null = null): void => {
    if (path !== relativePath && !found.has(path)) found.set(path, { kind, relativePath: path, subtitle });
  };
  if (mediaType !== 'IMAGE') {
    for (const { relativePath: path, facts } of await findSubtitles(relativePath, list)) add('SUBTITLE', path, facts);
  }
  const itemName = posix.basename(relativePath);
  for (const prefix of readGroupName(itemName).prefixes) {
    for (const { name } of names.startingWith(foldName(prefix))) {
      const kind = kindOf(itemName, name);
      if (kind !== null) add(kind, posix.join(folder, name));
    }
  }
  for (const prefix of sidecarPrefixes(itemName)) {
    for (const { folded, name } of names.startingWith(prefix)) {
      const kind = sidecarKindOf(foldName(itemName), folded);
      if (kind !== null) add(kind, posix.join(folder, name));
    }
  }
  for (const folded of [...ownArtworkNames(item), ...folderArtworkNames(item)]) {
    const name = names.get(folded);
    if (name !== undefined) add('ARTWORK', posix.join(folder, name));
  }
  return [...found.values()];
}
