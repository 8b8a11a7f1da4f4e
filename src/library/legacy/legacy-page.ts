import type { PathMapping } from './map-path.ts';

/** What every page has. */
export interface LegacyPage {
  /** Rows that were read. */
  rows: number;
  /** Where the next page goes on; in decimal, since it may be larger than a number. */
  lastRowid: string;
  /** A page ends early where its rows are large. */
  endedEarly?: boolean;
}

/** Which rows of a table are asked for, and what is known when they are read. */
export interface LegacyPageRequest {
  after: string;
  limit: number;
  pathMappings: PathMapping[];
  /** Legacy tags that have another id here, or are not here. */
  tagAliases: [legacyId: number, id: number | null][];
}

/** Legacy tags by their ids: those that have another id here, and null for those that are not here. */
export type TagAliases = ReadonlyMap<number, number | null>;
