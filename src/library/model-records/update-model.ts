import type { Database } from '../../base/database/database.ts';
import { applyTagChanges, checkTagChanges } from '../catalogue/media-words.ts';
import { changeFields, type ModelChanges } from './model-changes.ts';
import { ModelNotFoundError } from './model-errors.ts';
import { nameKeyOf } from './model-name-key.ts';
import { recordTextOf } from './record-text.ts';
import { linkModelTags, noteOwnTags, readModelTags, unlinkModelTags } from './sql/model-tags.ts';
import { lockModel, storeModelFields } from './sql/store-model-fields.ts';

/**
 * Changes what people say of a model record, all of it or nothing; no migration undoes it. Throws ModelNotFoundError and
 * InvalidInputError.
 */
export async function updateModel(database: Database, sha256: string, changes: ModelChanges): Promise<void> {
  const tagChanges = checkTagChanges(changes);
  await database.transaction(async (transaction) => {
    const record = await lockModel(transaction, sha256);
    if (record === null) throw new ModelNotFoundError(sha256);
    const fields = changeFields(record, changes);
    const { path } = record;
    const keys = { searchText: recordTextOf(fields.name, path), nameKey: nameKeyOf(fields.name, path) };
    await storeModelFields(transaction, sha256, { ...fields, ...keys }, new Date());
    if (tagChanges === null) return;
    await noteOwnTags(transaction, sha256);
    const present = await readModelTags(transaction, sha256);
    const tags = applyTagChanges(present, tagChanges);
    const kept = new Set(tags.map(({ key }) => key));
    const known = new Set(present.map(({ key }) => key));
    await unlinkModelTags(
      transaction,
      sha256,
      present.filter(({ key }) => !kept.has(key)).map(({ id }) => id),
    );
    await linkModelTags(
      transaction,
      sha256,
      tags.filter(({ key }) => !known.has(key)),
    );
  });
}
