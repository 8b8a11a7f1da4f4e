/** The names of files that are being copied into a category's folder begin so until they are whole. */
export const unfinishedPrefix = '.mediashelf-';

/** The glob of such files, which no scan catalogues. */
export const unfinishedPattern = `**/${unfinishedPrefix}*`;
