import type SqliteDatabase from 'better-sqlite3';
import { classifyModel, type LegacyModel } from './classify-model.ts';
import type { LegacyIssue } from './migration-report.ts';
import { createPathMapper } from './map-path.ts';
import type { LegacyPage, LegacyPageRequest } from './legacy-page.ts';
import { selectLegacyModels } from './select-legacy-models.ts';

/** Rows of one kind, in the form that the statement that stores them needs. */
export interface RecordRows {
  rows: string;
  count: number;
  /** Why other rows of the kind cannot be taken over. */
  errors: LegacyIssue[];
}

export interface ModelPage extends LegacyPage {
  /** `[sha256, path, legacyPath, name, type, sizeBytes, createdAtMs, meta, legacyMeta, searchText, legacyId]`. */
  models: RecordRows;
  /** `[id, path, legacyPath, name, type, sizeBytes, createdAtMs, meta, legacyMeta, searchText, stem]`. */
  pending: RecordRows;
  /** What was changed in rows that are taken over. */
  notes: LegacyIssue[];
  pictures: number;
}

export function readModelPage(
  database: SqliteDatabase.Database,
  { after, limit, pathMappings }: LegacyPageRequest,
): ModelPage {
  const { models: rows, ...page } = selectLegacyModels(database, after, limit);
  const mapPath = createPathMapper(pathMappings);
  const models: unknown[][] = [];
  const pending: unknown[][] = [];
  const errors = { models: [] as LegacyIssue[], pending: [] as LegacyIssue[] };
  const notes: LegacyIssue[] = [];
  let pictures = 0;
  for (const row of rows) {
    const { model, isPending, issues, images } = classifyModel(row, mapPath);
    pictures += images.length;
    if (model === null) errors[isPending ? 'pending' : 'models'].push(...issues);
    else {
      notes.push(...issues.map((issue) => ({ ...issue, sha256: model.sha256 })));
      if (model.sha256 === null) pending.push([model.id, ...recordOf(model), model.stem]);
      else models.push([model.sha256, ...recordOf(model), model.id]);
    }
  }
  return {
    ...page,
    models: { rows: JSON.stringify(models), count: models.length, errors: errors.models },
    pending: { rows: JSON.stringify(pending), count: pending.length, errors: errors.pending },
    notes,
    pictures,
  };
}

function recordOf(model: LegacyModel): unknown[] {
  const { path, legacyPath, name, type, sizeBytes, createdAtMs, meta, legacyMeta, searchText } = model;
  return [path, legacyPath, name, type, sizeBytes, createdAtMs, meta, legacyMeta, searchText];
}
