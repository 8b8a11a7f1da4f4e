const units = ['Bytes', 'KB', 'MB', 'GB', 'TB', 'PB'];

/** Formats a size for people, by powers of 1024 as the earlier services wrote it: "0 Bytes", "1.50 GB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return bytes === 1 ? '1 Byte' : `${bytes} Bytes`;
  const power = Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  return `${(bytes / 1024 ** power).toFixed(2)} ${units[power]}`;
}
