import type SqliteDatabase from 'better-sqlite3';
import { classifyModel } from './classify-model.ts';
import { createPathMapper } from './map-path.ts';
import { pictureNameOf, type PictureName } from './picture-name.ts';
import type { LegacyPage, LegacyPageRequest } from './legacy-page.ts';
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

/** The pictures of a legacy row that cannot be taken over. */
export interface OwnerlessPictures {
  /** Name for messages, such as `models/12`. */
  item: string;
  isPending: boolean;
  count: number;
}

export interface PicturePage extends LegacyPage {
  models: PicturedModel[];
  ownerless: OwnerlessPictures[];
}

export function readPicturePage(
  database: SqliteDatabase.Database,
  { after, limit, pathMappings }: LegacyPageRequest,
): PicturePage {
  const { models: rows, ...page } = selectLegacyModels(database, after, limit);
  const mapPath = createPathMapper(pathMappings);
  const models: PicturedModel[] = [];
  const ownerless: OwnerlessPictures[] = [];
  for (const row of rows) {
    const { model, isPending, images } = classifyModel(row, mapPath);
    if (images.length === 0) continue;
    if (model === null) ownerless.push({ item: `models/${String(row.id)}`, isPending, count: images.length });
    else {
      const { id: legacyId, sha256, legacyPath, stem } = model;
      models.push({ legacyId, sha256, legacyPath, stem, pictures: images.map(pictureNameOf) });
    }
  }
  return { ...page, models, ownerless };
}
