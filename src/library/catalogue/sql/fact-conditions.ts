import type { Database } from '../../../base/database/database.ts';
import { empty, join, raw, sql, type Sql } from '../../../base/database/sql.ts';
import { foldText } from '../../metadata/fold-text.ts';
import { criterionOf, onShelves, toBigInt, toRange, type Criterion, type NumberRange } from './criterion.ts';
import {
  durationColumn,
  factColumn,
  hasPlaceColumn,
  hasShape,
  shapeColumn,
  shapesOf,
  type FactName,
  type Orientation,
  type Resolution,
} from './fact-columns.ts';
import { searchCandidates } from './search.ts';

/** What was read of an item's file; items of which it is not known do not count. */
export interface FactCriteria {
  durationSeconds?: NumberRange | undefined;
  width?: NumberRange | undefined;
  height?: NumberRange | undefined;
  /** Any of these. */
  orientation?: readonly Orientation[] | undefined;
  resolutions?: readonly Resolution[] | undefined;
  /** Any of these, of the first picture or the first sound. */
  codecs?: readonly string[] | undefined;
  videoCodecs?: readonly string[] | undefined;
  audioCodecs?: readonly string[] | undefined;
  camera?: { make?: string | undefined; model?: string | undefined; lens?: string | undefined } | undefined;
  hasLocation?: boolean | undefined;
}

export function describeFacts(database: Database, shelfIds: readonly number[], criteria: FactCriteria): Criterion[] {
  const among = onShelves(shelfIds);
  const { durationSeconds, width, height, orientation, resolutions, codecs, videoCodecs, audioCodecs } = criteria;
  const parts: Criterion[] = [];
  if (isBounded(durationSeconds)) {
    // Those without a duration have a negative one.
    const from = Math.max(durationSeconds.gte ?? 0, 0);
    const write = (c: (column: Sql) => Sql) => toRange(c(durationColumn), from, durationSeconds.lte) ?? empty;
    const criterion = criterionOf(database, write, among);
    parts.push({ ...criterion, ranges: [['DURATION', criterion.condition]] });
  }
  for (const [column, range] of [
    [raw('m.width'), width],
    [raw('m.height'), height],
  ] as const) {
    if (!isBounded(range)) continue;
    parts.push(
      criterionOf(database, (c) => toRange(c(column), toBigInt(range.gte), toBigInt(range.lte)) ?? empty, among),
    );
  }
  if (orientation !== undefined || resolutions !== undefined) {
    const shapes = shapesOf(orientation, resolutions);
    // SQLite uses an index on an expression only where what it is compared with has no type.
    const isOne = (column: Sql) => (shapes.length === 0 ? raw('1 = 0') : sql`${column} IN (${raw(shapes.join(', '))})`);
    parts.push(criterionOf(database, (c) => sql`${hasShape} AND ${isOne(c(shapeColumn))}`, among));
  }
  if (codecs !== undefined) parts.push(describeCodecs(codecs));
  if (videoCodecs !== undefined) parts.push(describeFact('videoCodec', videoCodecs));
  if (audioCodecs !== undefined) parts.push(describeFact('audioCodec', audioCodecs));
  parts.push(...describeCamera(criteria));
  if (criteria.hasLocation !== undefined) {
    const condition = hasPlaceColumn(database);
    const plain = criteria.hasLocation ? condition : sql`NOT (${condition})`;
    parts.push({ condition: plain, plain, candidates: criteria.hasLocation ? among(condition) : [] });
  }
  return parts;

  function describeFact(name: FactName, values: readonly string[]): Criterion {
    return criterionOf(database, (c) => isAnyOf(c, name, values), among);
  }

  function isAnyOf(c: (column: Sql) => Sql, name: FactName, values: readonly string[]): Sql {
    if (values.length === 0) return raw('1 = 0');
    const column = factColumn(database, name);
    return sql`${column} IS NOT NULL AND ${c(column)} IN (${join([...values])})`;
  }

  function describeCodecs(values: readonly string[]): Criterion {
    const [video, audio] = [describeFact('videoCodec', values), describeFact('audioCodec', values)];
    const either = sql`SELECT id FROM (${join([...video.candidates, ...audio.candidates], ' UNION ALL ')}) AS either`;
    return {
      condition: sql`(${video.condition} OR ${audio.condition})`,
      plain: sql`(${video.plain} OR ${audio.plain})`,
      candidates: [either],
    };
  }

  function describeCamera({ camera }: FactCriteria): Criterion[] {
    const wanted = [
      ['cameraModel', camera?.model],
      ['cameraMake', camera?.make],
      ['lens', camera?.lens],
    ] as const;
    return wanted.flatMap(([name, value]) => {
      if (value === undefined) return [];
      const criterion = describeFact(name, [value]);
      if (name === 'cameraModel') return [criterion];
      // The words of the file have these too.
      return [{ ...criterion, candidates: searchCandidates(database, [foldText(value.trim())]) }];
    });
  }
}

function isBounded(range: NumberRange | undefined): range is NumberRange {
  return range?.gte !== undefined || range?.lte !== undefined;
}
