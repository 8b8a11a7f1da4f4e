import { isUtf8 } from 'node:buffer';
import { readdirSync, type Dirent } from 'node:fs';

/** The names in one folder by what they are, unsorted. */
export interface FolderNames {
  files: string[];
  folders: string[];
  links: string[];
  /** Names that no string can hold, and so no catalogue and no URL. */
  notUtf8: { name: Buffer; kind: 'file' | 'folder' }[];
  /** How many sockets, FIFOs and devices there are. */
  specialFiles: number;
}

/** Lists a folder by its absolute path; throws what `readdirSync` throws. */
export function readFolder(path: string): FolderNames {
  const names: FolderNames = { files: [], folders: [], links: [], notUtf8: [], specialFiles: 0 };
  const entries = readdirSync(path, { withFileTypes: true });
  // A name of invalid bytes arrives with U+FFFD in their place, as does a name that really has this character.
  if (entries.some((entry) => entry.name.includes('\u{fffd}'))) return readByteNames(path, names);
  for (const entry of entries) sortIn(names, entry, entry.name);
  return names;
}

function readByteNames(path: string, names: FolderNames): FolderNames {
  for (const entry of readdirSync(path, { withFileTypes: true, encoding: 'buffer' })) {
    if (isUtf8(entry.name)) sortIn(names, entry, entry.name.toString());
    else if (entry.isDirectory()) names.notUtf8.push({ name: entry.name, kind: 'folder' });
    else if (entry.isFile() || entry.isSymbolicLink()) names.notUtf8.push({ name: entry.name, kind: 'file' });
    else names.specialFiles++;
  }
  return names;
}

function sortIn(names: FolderNames, entry: Dirent<string | Buffer>, name: string): void {
  if (entry.isFile()) names.files.push(name);
  else if (entry.isDirectory()) names.folders.push(name);
  else if (entry.isSymbolicLink()) names.links.push(name);
  else names.specialFiles++;
}
