import { maxRowNumber } from '../../base/public-id.ts';
import { isStorableText, toStorableText } from '../../base/text.ts';
import type { JsonValue } from '../../base/config/media-config.ts';
import { maxIndexedPathBytes } from '../../base/database/postgresql/max-indexed-path-bytes.ts';
import { recordTextOf } from '../model-records/record-text.ts';
import type { LegacyIssue } from './migration-report.ts';
import { filenameOf, stemOf, type MapPath } from './map-path.ts';
import { maxExtraBytes, readExtraJson } from './read-extra-json.ts';

/** A row of the legacy `models`, as SQLite gives it: no column need hold what its type says. */
export interface LegacyModelRow {
  id: unknown;
  path: unknown;
  name: unknown;
  type: unknown;
  size_bytes: unknown;
  hash_hex: unknown;
  created_at: unknown;
  meta_json: unknown;
  extra_json: unknown;
  extra_bytes: number | null;
  /** The `images` of an extra_json that is too large to be taken over, where they can be found in it. */
  images_json: string | null;
}

export interface LegacyModel {
  id: number;
  /** Null for a record that waits for its hash. */
  sha256: string | null;
  path: string;
  legacyPath: string;
  name: string | null;
  type: string | null;
  sizeBytes: number | null;
  createdAtMs: number;
  meta: { [key: string]: JsonValue };
  legacyMeta: string | null;
  searchText: string;
  stem: string;
}

interface Classified {
  /** Null for a row that cannot be taken over; the only issue says why. */
  model: LegacyModel | null;
  /** Whether it counts among the pending imports. */
  isPending: boolean;
  /** What was changed in a row that is taken over. */
  issues: LegacyIssue[];
  /** The elements of `images`, also of a row that cannot be taken over. */
  images: JsonValue[];
}

/** Converts a legacy row to what is to be stored. */
export function classifyModel(row: LegacyModelRow, mapPath: MapPath): Classified {
  const item = `models/${String(row.id)}`;
  const issues: LegacyIssue[] = [];
  const note = (code: string, message: string) => void issues.push({ item, code, message });
  const hash = classifyHash(row.hash_hex);
  const isPending = hash.sha256 === null;
  const extra = readExtraJson(row.extra_json, row.extra_bytes, row.images_json);
  const { images } = extra;
  const refuse = (code: string, message: string) => {
    const lost = extra.problem !== undefined && images.length === 0 ? ' Its pictures cannot be read.' : '';
    return { model: null, isPending, issues: [{ item, code, message: message + lost }], images };
  };

  if (!isLegacyId(row.id)) return refuse('INVALID_ID', `Its id is no whole number from 1 to ${maxRowNumber}.`);
  if (!isLegacyPath(row.path)) {
    return refuse('INVALID_PATH', `Its path is no text, empty, over ${maxPathLength} bytes, or holds a NUL.`);
  }
  const path = mapPath(row.path);
  // A pending import is looked up by its path, a model by its hash.
  if (isPending && Math.max(Buffer.byteLength(path), Buffer.byteLength(row.path)) > maxIndexedPathBytes) {
    return refuse('PATH_TOO_LONG', `Its path, or the one that it is mapped to, is over ${maxIndexedPathBytes} bytes.`);
  }
  if (hash.problem !== null) note(...hash.problem);
  if (extra.problem !== undefined) note(extra.problem.code, extra.problem.message);
  const isTimed = isCount(row.created_at) && row.created_at <= lastMoment;
  if (!isTimed) note('INVALID_CREATED_AT', 'Its created_at is no time in milliseconds; 1970 stands for it.');

  const name = readText(row.name, maxTextLength, (message) => note('INVALID_NAME', `Its name ${message}`));
  const type = readText(row.type, maxTextLength, (message) => note('INVALID_TYPE', `Its type ${message}`));
  const legacyMeta = readText(row.meta_json, maxExtraBytes, (message) =>
    note('INVALID_META_JSON', `Its meta_json ${message}`),
  );
  const isSized = isCount(row.size_bytes);
  if (!isSized && row.size_bytes !== null) {
    note('INVALID_SIZE_BYTES', 'Its size_bytes is no count of bytes; the record is here without it.');
  }
  return {
    model: {
      id: row.id,
      sha256: hash.sha256,
      path,
      legacyPath: row.path,
      name,
      type,
      sizeBytes: isSized ? (row.size_bytes as number) : null,
      createdAtMs: isTimed ? (row.created_at as number) : 0,
      meta: extra.meta,
      legacyMeta,
      searchText: recordTextOf(name, path),
      stem: stemOf(filenameOf(path)),
    },
    isPending,
    issues,
    images,
  };
}

/** Whether a value can be the ID of a tag or a model. */
export function isLegacyId(value: unknown): value is number {
  return isCount(value) && value >= 1 && value <= maxRowNumber;
}

/** Whether a value can be the path of a model. */
export function isLegacyPath(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && isStorableText(value);
}

/** Limits in bytes; a longer text is not even read. */
export const maxPathLength = 4096;
export const maxTextLength = 4096;

/** The hash of a legacy row; null where it has none, or has text that is no hash. */
export function classifyHash(value: unknown): {
  sha256: string | null;
  problem: [code: string, message: string] | null;
} {
  if (value === null || value === '') return { sha256: null, problem: null };
  const text = typeof value === 'string' ? value : '';
  if (/^[0-9a-f]{64}$/.test(text)) return { sha256: text, problem: null };
  if (/^[0-9a-f]{64}$/i.test(text)) {
    const message = 'Its hash was not in lower case; it is now.';
    return { sha256: text.toLowerCase(), problem: ['HASH_CASE_CHANGED', message] };
  }
  const message = 'Its hash is not 64 hexadecimal digits. It was taken over as a record that waits for its hash.';
  return { sha256: null, problem: ['INVALID_HASH', message] };
}

/** The end of the year 9999. */
const lastMoment = 253_402_300_799_999;

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** The text in a form that can be stored. `report` gets the rest of a sentence about what is not kept. */
function readText(value: unknown, maxBytes: number, report: (message: string) => void): string | null {
  if (value === null) return null;
  if (typeof value !== 'string') {
    report(`is no text, or over ${maxBytes} bytes; the record is here without it.`);
    return null;
  }
  const text = toStorableText(value);
  if (text !== value) report('held a NUL or half a character, which is not kept.');
  return text;
}
