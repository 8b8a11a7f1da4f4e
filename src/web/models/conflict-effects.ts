import type { ConflictStrategy } from '../generated/graphql.ts';
import { pendingTexts } from '../words/pending.ts';

/** One of the two records that have the same bytes. */
export interface Side {
  name: string | null;
  type: string | null;
  tags: readonly string[];
  pictureCount: number;
}

/** From what changes nothing to what changes most. */
export const strategies: readonly ConflictStrategy[] = ['REPORT', 'IGNORE', 'DELETE', 'MERGE', 'OVERRIDE'];

/** Says what each strategy would do to these two records, a sentence each; the first says what becomes of the import. */
export function effectsOf(strategy: ConflictStrategy, pending: Side, model: Side): string[] {
  const { effects } = pendingTexts;
  const newTags = pending.tags.filter((tag) => !model.tags.includes(tag));
  const joined = [
    effects.dropped,
    newTags.length > 0 ? effects.tags(newTags) : effects.noTags,
    pending.pictureCount > 0 ? effects.pictures(pending.pictureCount) : effects.noPictures,
  ];
  switch (strategy) {
    case 'REPORT':
      return [effects.stays, effects.again];
    case 'IGNORE':
      return [effects.stays, effects.remembers];
    case 'DELETE':
      return [effects.lost(newTags.length, pending.pictureCount), effects.untouched];
    case 'MERGE':
      return [...joined, effects.fieldsStay];
    case 'OVERRIDE':
      return [...joined, ...replacedFields(pending, model), effects.notesReplaced];
  }
}

function replacedFields(pending: Side, model: Side): string[] {
  const { effects } = pendingTexts;
  return (['name', 'type'] as const).flatMap((field) =>
    pending[field] === model[field] ? [] : effects.replaced(field, model[field], pending[field]),
  );
}
