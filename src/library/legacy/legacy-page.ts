import type { PathMapping } from './map-path.ts';

/** What every page has. */
export interface LegacyPage {
  /** Number of rows that were read. */
  rows: number;
  /** The rowid after which the next page begins; in decimal, as it may be larger than a number can hold. */
  lastRowid: string;
  /** A page ends early where its rows are large. */
  endedEarly?: boolean;
}

/** Which rows of a table are read, and what is needed to convert them. */
export interface LegacyPageRequest {
  after: string;
  limit: number;
  pathMappings: PathMapping[];
  /** Legacy tags that have another id here, or are not here. */
  tagAliases: [legacyId: number, id: number | null][];
}

/** Legacy tags by their ids: those that have another id here, and null for those that are not here. */
export type TagAliases = ReadonlyMap<number, number | null>;
