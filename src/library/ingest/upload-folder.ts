import type { CategoryConfig } from '../../base/config/media-config.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { isStorableText } from '../../base/text.ts';
import { createLeftOut, type LeftOutRules } from '../catalogue/left-out.ts';
import { safeFilename } from './safe-filename.ts';

type Category = Pick<CategoryConfig, 'key'> & LeftOutRules;

const maxFolderLength = 1_000;
const maxDepth = 20;

/**
 * Returns the folder of a category that an upload is placed in, as the path from its root; '' for the root. Each part is
 * made safe as the names of files are. Throws InvalidInputError for a path that leads elsewhere, and for a folder that
 * scans leave out.
 */
export function checkFolder(folder: string, category: Category): string {
  if (folder.length > maxFolderLength || !isStorableText(folder)) {
    throw new InvalidInputError(
      'input.folder',
      `A folder has at most ${maxFolderLength} characters, none of them NUL.`,
    );
  }
  const parts = folder.split(/[\\/]/);
  if (parts.at(-1) === '') parts.pop();
  if (parts.some((part) => /^[. ]*$/.test(part)) || /^[A-Za-z]:$/.test(parts[0] ?? '')) {
    throw new InvalidInputError(
      'input.folder',
      `"${folder.slice(0, 80)}" is no path below the category's root: give one such as "Trips/2024", without "..".`,
    );
  }
  if (parts.length > maxDepth) {
    throw new InvalidInputError('input.folder', `The folder is ${parts.length} levels deep; at most ${maxDepth} are.`);
  }
  const path = parts.map(safeFilename).join('/');
  if (path !== '' && createLeftOut(category)(`${path}/file.bin`)) {
    throw new InvalidInputError(
      'input.folder',
      `Scans of the category "${category.key}" leave out what lies in "${path.slice(0, 80)}": choose another folder.`,
    );
  }
  return path;
}
