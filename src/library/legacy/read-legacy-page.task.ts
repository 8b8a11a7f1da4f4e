import SqliteDatabase from 'better-sqlite3';
import { readLinkPage, type LinkPage } from './read-link-page.ts';
import { readModelPage, type ModelPage } from './read-model-page.ts';
import { readPathPage, type PathPage } from './read-path-page.ts';
import { readPicturePage, type PicturePage } from './read-picture-page.ts';
import { readTagPage, type TagPage } from './read-tag-page.ts';
import type { PathMapping } from './map-path.ts';

/** What every page tells. */
export interface LegacyPage {
  /** Rows that were read. */
  rows: number;
  /** Where the next page goes on; in decimal, since it may be larger than a number. */
  lastRowid: string;
  /** A page ends early where its rows are large. */
  endedEarly?: boolean;
}

export interface LegacyPageInput<T extends keyof LegacyPages = keyof LegacyPages> {
  /** The private copy. */
  path: string;
  table: T;
  after: string;
  limit: number;
  pathMappings: PathMapping[];
  /** Legacy tags that have another id here, or are not here. */
  tagAliases: [legacyId: number, id: number | null][];
}

export interface LegacyPages {
  tags: TagPage;
  models: ModelPage;
  modelTags: LinkPage;
  pictures: PicturePage;
  paths: PathPage;
}

const readers = {
  tags: readTagPage,
  models: readModelPage,
  modelTags: readLinkPage,
  pictures: readPicturePage,
  paths: readPathPage,
};

/** A part of a legacy table in the order of its rows, already in the form in which it is stored. */
export function readLegacyPage(input: LegacyPageInput): LegacyPages[keyof LegacyPages] {
  const database = new SqliteDatabase(input.path, { readonly: true });
  try {
    return readers[input.table](database, input);
  } finally {
    database.close();
  }
}
