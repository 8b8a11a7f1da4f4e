import type SqliteDatabase from 'better-sqlite3';
import { classifyModel } from './classify-model.ts';
import { createPathMapper } from './map-path.ts';
import { pictureNameOf, type PictureName } from './picture-name.ts';
import type { LegacyPage, LegacyPageInput } from './read-legacy-page.task.ts';
import { selectLegacyModels } from './select-legacy-models.ts';

/** The pictures of one legacy model, in their order. */
export interface PicturedModel {
  legacyId: number;
  /** Null for a record that waits for its hash. */
  sha256: string | null;
  legacyPath: string;
  stem: string;
  pictures: PictureName[];
}

export interface PicturePage extends LegacyPage {
  models: PicturedModel[];
}

export function readPicturePage(
  database: SqliteDatabase.Database,
  { after, limit, pathMappings }: LegacyPageInput,
): PicturePage {
  const rows = selectLegacyModels(database, after, limit);
  const mapPath = createPathMapper(pathMappings);
  const models = rows.flatMap((row): PicturedModel[] => {
    const { model } = classifyModel(row, mapPath);
    if (model === null || model.images.length === 0) return [];
    const { id: legacyId, sha256, legacyPath, stem } = model;
    return [{ legacyId, sha256, legacyPath, stem, pictures: model.images.map(pictureNameOf) }];
  });
  return { rows: rows.length, lastRowid: rows.at(-1)?.rowid ?? after, models };
}
