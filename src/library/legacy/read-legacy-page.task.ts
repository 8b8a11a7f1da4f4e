import SqliteDatabase from 'better-sqlite3';
import { readLinkPage, type LinkPage } from './read-link-page.ts';
import { readModelPage, type ModelPage } from './read-model-page.ts';
import { readPathPage, type PathPage } from './read-path-page.ts';
import { readPicturePage, type PicturePage } from './read-picture-page.ts';
import { readTagPage, type TagPage } from './read-tag-page.ts';
import type { LegacyPageRequest } from './legacy-page.ts';

export interface LegacyPageInput extends LegacyPageRequest {
  /** Path of the private copy. */
  path: string;
  table: keyof LegacyPages;
}

/** The tables that are read, with what a page of each holds. */
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

/** Reads a page of a legacy table in the order of its rows, already in the form in which it is stored. */
export function readLegacyPage(input: LegacyPageInput): LegacyPages[keyof LegacyPages] {
  const database = new SqliteDatabase(input.path, { readonly: true });
  try {
    return readers[input.table](database, input);
  } finally {
    database.close();
  }
}
