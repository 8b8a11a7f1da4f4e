// An archive is a tar file: first its head, then the catalogue, the configuration, the log and the files of the folders, last
// a manifest with name, size and SHA-256 of every entry before it, one JSON object a line.
export const headEntry = 'backup.json';
export const databaseEntry = 'catalogue.db';
export const configEntry = 'watch_media_dirs.yml';
export const logEntry = 'media_deletions.log';
export const manifestEntry = 'manifest.jsonl';

export interface ArchiveHead {
  format: 'mediashelf-backup';
  formatVersion: 1;
  /** Version of the program that wrote it. */
  version: string;
  createdAt: string;
  /** Names of the migrations that were applied to the database in it. */
  migrations: string[];
}

export interface ManifestLine {
  name: string;
  sizeBytes: number;
  sha256: string;
}

const single = new Set<string>([headEntry, databaseEntry, configEntry, logEntry, manifestEntry]);
// A name has no separator of any system and no control character, and is not `.` or `..`.
const fileName = String.raw`(?!\.{1,2}$)[^/\\:\p{Cc}]{1,255}`;
const inFolder = new RegExp(`^(?:images|images/pending|proxy_image)/${fileName}$`, 'u');

/** Whether an entry may have that name. Other names lead out of the data folder, or belong to no backup. */
export function isEntryName(name: string): boolean {
  return single.has(name) || (inFolder.test(name) && name !== 'images/pending');
}
