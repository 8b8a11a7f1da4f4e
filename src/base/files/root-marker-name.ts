/** The file in a category's root by which the root is recognised. It is no media: never catalogued and never served. */
export const rootMarkerName = '.mediashelf-root';

export function isRootMarker(relativePath: string): boolean {
  return relativePath.endsWith(rootMarkerName) && /(?:^|[\\/])\.mediashelf-root$/.test(relativePath);
}
