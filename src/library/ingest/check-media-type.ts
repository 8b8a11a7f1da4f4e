import { fileTypeFromFile } from 'file-type';
import { createLeftOut, type LeftOutRules } from '../catalogue/left-out.ts';
import type { CategoryConfig } from '../../base/config/media-config.ts';
import { createMatcher, selectionOf } from '../catalogue/match-patterns.ts';
import type { DetectedType, DetectType } from './detect-by-headers.ts';
import { UnsupportedMediaError } from './ingest-errors.ts';
import { areSynonyms, mediaTypesOf, usualExtension } from './media-families.ts';
import { withExtension } from './safe-filename.ts';

type Rules = Pick<CategoryConfig, 'key' | 'mediaType' | 'includePatterns' | 'excludePatterns'> & LeftOutRules;

/**
 * Detects the type of a file, and returns a name that says it: `name` with its own extension where that is true, else with
 * the right one. Where the first bytes show nothing, `detectByHeaders` is asked. `folder`, from the root, is where it is placed. Throws UnsupportedMediaError for what is no medium of the category, or would not be found there by a
 * scan.
 */
export async function checkMediaType(
  path: string,
  name: string,
  category: Rules,
  detectByHeaders: DetectType = async () => null,
  folder = '',
): Promise<string> {
  const detected = (await detectType(path)) ?? (await detectByHeaders(path));
  if (detected === null) {
    throw new UnsupportedMediaError(
      `The category "${category.key}" holds ${category.mediaType}, and this file is of no known kind, or empty.`,
      null,
    );
  }
  const given = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const isTrue = areSynonyms(given, detected.ext);
  const extension = isTrue ? given : usualExtension(detected.ext);
  if (!mediaTypesOf(detected.mime, extension).includes(category.mediaType)) {
    throw new UnsupportedMediaError(
      `The category "${category.key}" holds ${category.mediaType}, and this file is ${detected.mime}.`,
      detected.mime,
    );
  }
  const trueName = isTrue ? name : withExtension(name, extension);
  const relativePath = folder === '' ? trueName : `${folder}/${trueName}`;
  if (createLeftOut(category)(relativePath)) {
    throw new UnsupportedMediaError(
      `Systems and programs leave files called "${relativePath}" beside media, and scans leave them out. Give it another name, or set exclude_litter: false for the category "${category.key}".`,
      detected.mime,
    );
  }
  if (!createMatcher(selectionOf(category)).accepts(relativePath)) {
    throw new UnsupportedMediaError(
      `The patterns of the category "${category.key}" do not take in a file called "${relativePath}".`,
      detected.mime,
    );
  }
  return trueName;
}

async function detectType(path: string): Promise<DetectedType | null> {
  try {
    return (await fileTypeFromFile(path)) ?? null;
  } catch (error) {
    // A system error means that the disk is at fault; any other, that the parser cannot follow the file.
    if (error instanceof Error && 'code' in error) throw error;
    return null;
  }
}
