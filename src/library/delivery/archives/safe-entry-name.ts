import { isReservedName } from '../../../base/files/reserved-name.ts';

// Windows forbids these; `\` would also be taken for a separator, and `:` after a letter for a drive.
// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u001f\u007f-\u009f<>:"|?*\\]/g;

/**
 * Turns a relative path into one that every system can unpack, and that stays below the folder it is unpacked into: no
 * segment is empty, `.` or `..`. A safe path is returned unchanged.
 */
export function safeEntryName(relativePath: string): string {
  return relativePath.split('/').map(safeSegment).join('/');
}

function safeSegment(segment: string): string {
  const name = segment
    .replace(forbidden, '_')
    // Windows drops these, so that `..` and `a.` become other names.
    .replace(/[. ]+$/, (tail) => '_'.repeat(tail.length));
  if (name === '') return '_';
  return isReservedName(name) ? `_${name}` : name;
}
