import { checkDescription, checkTitle } from '../catalogue/item-texts.ts';
import { UnknownCategoryError } from '../catalogue/media-errors.ts';
import { checkFolder } from './upload-folder.ts';
import { isStorableText } from '../../base/text.ts';
import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import type { CategoryConfig } from '../../base/config/media-config.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';

/**
 * What a client says about a file that it uploads. Null and '' count as left out: forms send an empty text for a field
 * that nobody filled in.
 */
export interface UploadDetails {
  /** Key of the category; where left out, the default category. */
  category?: string | null | undefined;
  title?: string | null | undefined;
  description?: string | null | undefined;
  uploadedBy?: string | null | undefined;
  /** The folder below the category's root; where left out, the root. */
  folder?: string | null | undefined;
  /** Whether bytes that an item has already are stored once more. */
  allowDuplicate?: boolean | undefined;
}

export interface CheckedDetails {
  category: CategoryConfig;
  /** From the category's root; '' for the root itself. */
  folder: string;
  title: string | null;
  description: string | null;
  uploadedBy: string | null;
  allowDuplicate: boolean;
}

const maxNameLength = 200;

/** Called before anything of the file is read. Throws UnknownCategoryError and InvalidInputError. */
export function checkDetails(
  mediaConfig: Pick<MediaConfigStore, 'current' | 'findCategory'>,
  { category: key, folder, title, description, uploadedBy, allowDuplicate = false }: UploadDetails,
): CheckedDetails {
  const { categories, defaultCategory } = mediaConfig.current();
  const category = isLeftOut(key) ? defaultCategory : mediaConfig.findCategory(key);
  if (category === undefined) {
    const known = categories.map((configured) => configured.key);
    throw new UnknownCategoryError([key ?? ''], known);
  }
  return {
    category,
    folder: isLeftOut(folder) ? '' : checkFolder(folder, category),
    title: isLeftOut(title) ? null : checkTitle(title),
    description: checkDescription(description ?? null),
    uploadedBy: checkUploader(uploadedBy ?? null),
    allowDuplicate,
  };
}

function isLeftOut(text: string | null | undefined): text is '' | null | undefined {
  return text === null || text === undefined || text === '';
}

function checkUploader(uploadedBy: string | null): string | null {
  const name = uploadedBy?.trim() ?? '';
  if (name.length > maxNameLength || !isStorableText(name)) {
    const rule = `The name of the uploader has at most ${maxNameLength} characters, none of them NUL.`;
    throw new InvalidInputError('input.uploadedBy', rule);
  }
  return name === '' ? null : name;
}
