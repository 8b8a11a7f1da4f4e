/** What is being copied into a category's folder is called so until it is whole. */
export const unfinishedPrefix = '.mediashelf-';

/** No scan takes it in. */
export const unfinishedPattern = `**/${unfinishedPrefix}*`;
