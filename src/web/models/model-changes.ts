/** What a form says of a model: texts as they were typed, tags separated by commas. */
interface ModelTexts {
  name: string;
  type: string;
  description: string;
  tags: string;
}

interface ModelChanges {
  name?: string | null;
  type?: string | null;
  description?: string | null;
  addTags?: string[];
  removeTags?: string[];
}

/** Returns what was changed; an empty text takes a value away, tags are added and removed one by one. */
export function changesOf(before: ModelTexts, after: ModelTexts): ModelChanges {
  const changes: ModelChanges = {};
  for (const field of ['name', 'type', 'description'] as const) {
    const text = after[field].trim();
    if (text !== before[field].trim()) changes[field] = text === '' ? null : text;
  }
  const [had, has] = [readTags(before.tags), readTags(after.tags)];
  const added = has.filter((tag) => !had.includes(tag));
  const removed = had.filter((tag) => !has.includes(tag));
  if (added.length > 0) changes.addTags = added;
  if (removed.length > 0) changes.removeTags = removed;
  return changes;
}

function readTags(text: string): string[] {
  const tags = text.split(',').map((tag) => tag.trim());
  return [...new Set(tags)].filter((tag) => tag !== '');
}
