import { toPlainSigns } from './plain-signs.ts';

/** What the folders from the root to a file say of its disc; null where they do not. */
export interface DiscOfFolders {
  discNumber: number | null;
  /** Such as `A`. */
  discSide: string | null;
}

/** Reads the innermost folder that tells of a disc or a side. */
export function discOfFolders(folders: readonly string[]): DiscOfFolders {
  const sideName = sideFolder.exec(folders.at(-1)?.trim() ?? '')?.[1]?.toUpperCase() ?? null;
  for (const folder of folders.toReversed()) {
    const plain = toPlainSigns(folder).trim();
    const match = discFolder.exec(plain) ?? recordFolder.exec(plain);
    if (match !== null && Number(match[1]) > 0) return { discNumber: Number(match[1]), discSide: sideName };
  }
  return { discNumber: sideName === null ? null : discOfSide(sideName), discSide: sideName };
}

/** Two sides are a record: its number orders `A1` before `C1`. */
export function discOfSide(side: string): number {
  return Math.floor((side.charCodeAt(0) - 'A'.charCodeAt(0)) / 2) + 1;
}

/** What a disc is called. */
export const discWords = '(?:cd|dis[ck]|disque|dvd|диск|ディスク)';
const discFolder = new RegExp(String.raw`(?<![\p{L}\d])${discWords}[\s._#-]{0,3}(\d{1,2})(?![\p{L}\d])`, 'iu');
/** These words are those of names, too (`LP1`), and count where the folder is called nothing else. */
const recordFolder = /^(?:lp|disco|vinyl|record|tape|cassette|platte|kassette)[\s._#-]{1,3}(\d{1,2})$/i;
const sideFolder = /^(?:side|seite|face|lado|lato)[\s._-]{0,3}([A-L])$/i;
