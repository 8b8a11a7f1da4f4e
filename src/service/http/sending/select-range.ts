import parseRange from 'range-parser';
import type { ByteRange } from '../../../library/delivery/byte-source.ts';

const intRange = /^(\d+)-(\d*)$/;
const suffixRange = /^-(\d+)$/;

/**
 * Returns the one range that a `Range` header asks for in a file of this size; `whole` where the header is to be
 * ignored, `unsatisfiable` for a 416.
 *
 * The header is ignored where it has another unit (RFC 9110 §14.2) or breaks the grammar, and for `5-2`, which is just
 * as invalid (§14.1.1). Ranges that touch become one (§15.3.7.2). Where gaps remain, the whole file is sent, which is
 * always allowed: multipart/byteranges would cost, and no player asks for it.
 */
export function selectRange(header: string, sizeBytes: number): ByteRange | 'whole' | 'unsatisfiable' {
  const specs = parseSpecs(header);
  if (specs === null) return 'whole';
  // A suffix of an empty file is satisfiable (§14.1.2), and no Content-Range can express its zero bytes.
  if (sizeBytes === 0) return specs.some(isNonZeroSuffix) ? 'whole' : 'unsatisfiable';

  const clamped = specs.map((spec) => clampSuffix(spec, sizeBytes));
  const ranges = parseRange(sizeBytes, `bytes=${clamped.join()}`, { combine: true });
  if (ranges === -1) return 'unsatisfiable';
  if (ranges === -2) return 'whole';
  const [first, ...others] = ranges;
  return first && others.length === 0 ? first : 'whole';
}

/**
 * Returns the ranges of the list; null where one is invalid. The grammar is checked more strictly than by range-parser.
 */
function parseSpecs(header: string): string[] | null {
  const [unit, set] = splitOnce(header, '=');
  if (unit.toLowerCase() !== 'bytes') return null;
  // Lists may have empty elements (§5.6.1.2).
  const specs = set.split(',').map((spec) => spec.trim());
  const present = specs.filter((spec) => spec !== '');
  return present.length > 0 && present.every(isValid) ? present : null;
}

/** Finds reversed ranges invalid; range-parser takes them for unsatisfiable. */
function isValid(spec: string): boolean {
  if (suffixRange.test(spec)) return true;
  const [, first, last] = intRange.exec(spec) ?? [];
  return first !== undefined && (!last || BigInt(first) <= BigInt(last));
}

/** Shortens a suffix that is longer than the file to the whole file (§14.1.2); range-parser finds it unsatisfiable. */
function clampSuffix(spec: string, sizeBytes: number): string {
  return suffixRange.test(spec) ? `-${Math.min(-Number(spec), sizeBytes)}` : spec;
}

function isNonZeroSuffix(spec: string): boolean {
  return suffixRange.test(spec) && Number(spec) !== 0;
}

function splitOnce(text: string, separator: string): [string, string] {
  const index = text.indexOf(separator);
  return index === -1 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}
