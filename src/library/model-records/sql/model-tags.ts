import type { StatementWriter } from '../../../base/database/database.ts';
import { dialectOf, numbersOf, sql } from '../../../base/database/sql.ts';
import type { Tag } from '../../catalogue/media-words.ts';
import { foldText } from '../../metadata/fold-text.ts';

type TagOfModel = Tag & { id: number };

/** The tags of people have higher numbers than those of the earlier application, which a later migration may bring. */
const firstOwnId = 1_000_000_000;

/** Reads the tags of a model, within a transaction that has locked it. */
export async function readModelTags(transaction: StatementWriter, sha256: string): Promise<TagOfModel[]> {
  const rows = await transaction.writeReturning(sql`
    SELECT t.id, t.name FROM model_tags AS l JOIN tags AS t ON t.id = l.tag_id WHERE l.sha256 = ${sha256} ORDER BY t.name`);
  return rows.map(toTag);
}

/** Notes that a person chose the tags of a model. */
export async function noteOwnTags(transaction: StatementWriter, sha256: string): Promise<void> {
  await transaction.write(sql`UPDATE models SET has_own_tags = true WHERE sha256 = ${sha256}`);
}

/** Gives a model tags, by the tags of that name that there are, or new ones. */
export async function linkModelTags(transaction: StatementWriter, sha256: string, tags: readonly Tag[]): Promise<void> {
  if (tags.length === 0) return;
  // Two new tags must not get one number.
  await dialectOf(transaction).lock(transaction, 'mediashelf:tags');
  const known = (await transaction.writeReturning(sql`SELECT id, name FROM tags ORDER BY id`)).map(toTag);
  let nextId = Math.max(firstOwnId, ...known.map(({ id }) => id + 1));
  for (const { name, key } of tags) {
    // The earlier application has tags that differ by case alone: the same spelling goes first.
    const found = known.find((tag) => tag.name === name) ?? known.find((tag) => tag.key === key);
    const id = found?.id ?? nextId++;
    if (found === undefined) await transaction.write(sql`INSERT INTO tags (id, name) VALUES (${id}, ${name})`);
    await transaction.write(sql`
      INSERT INTO model_tags (sha256, tag_id) VALUES (${sha256}, ${id}) ON CONFLICT DO NOTHING`);
  }
}

/** Takes tags from a model; a tag of people that nothing has any more is gone. */
export async function unlinkModelTags(
  transaction: StatementWriter,
  sha256: string,
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return;
  await transaction.write(sql`
    DELETE FROM model_tags WHERE sha256 = ${sha256} AND tag_id IN (${numbersOf(transaction, ids)})`);
  await transaction.write(sql`
    DELETE FROM tags WHERE id >= ${firstOwnId} AND id IN (${numbersOf(transaction, ids)})
      AND NOT EXISTS (SELECT 1 FROM model_tags AS l WHERE l.tag_id = tags.id)
      AND NOT EXISTS (SELECT 1 FROM pending_model_tags AS l WHERE l.tag_id = tags.id)`);
}

function toTag(row: Record<string, unknown>): TagOfModel {
  const name = String(row.name);
  return { id: Number(row.id), name, key: foldText(name).trim() };
}
