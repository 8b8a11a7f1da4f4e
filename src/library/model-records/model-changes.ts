import type { JsonValue } from '../../base/config/media-config.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { deepestJson, isStorableJson, isStorableText } from '../../base/text.ts';
import { checkDescription } from '../catalogue/item-texts.ts';
import type { WordChanges } from '../catalogue/media-words.ts';

/** What a person changes on a model record. A field that is left out stays; null empties it. */
export interface ModelChanges extends Pick<WordChanges, 'tags' | 'addTags' | 'removeTags'> {
  name?: string | null | undefined;
  type?: string | null | undefined;
  /** Is `description` of the record's `meta`, where the earlier application had it. */
  description?: string | null | undefined;
  /** Replaces all that was noted. */
  meta?: JsonValue | undefined;
}

/** The fields of a record that a person may change. */
export interface ModelFields {
  name: string | null;
  type: string | null;
  meta: { [key: string]: JsonValue };
}

const maxNameLength = 500;
const maxTypeLength = 100;
/** As much as is taken over from the earlier application. */
const maxMetaBytes = 1024 * 1024;

/** Returns the fields after the changes. Throws InvalidInputError. */
export function changeFields(present: ModelFields, changes: ModelChanges): ModelFields {
  const { name, type, description, meta } = changes;
  const noted = meta === undefined ? present.meta : checkMeta(meta);
  return {
    name: name === undefined ? present.name : checkLine('name', name, maxNameLength),
    type: type === undefined ? present.type : checkLine('type', type, maxTypeLength),
    meta: description === undefined ? noted : withDescription(noted, checkDescription(description)),
  };
}

function withDescription(meta: ModelFields['meta'], description: string | null): ModelFields['meta'] {
  const others = Object.entries(meta).filter(([name]) => name !== 'description');
  return Object.fromEntries(description === null ? others : [...others, ['description', description]]);
}

function checkLine(field: 'name' | 'type', text: string | null, maxLength: number): string | null {
  const trimmed = text?.trim() ?? null;
  if (trimmed !== null && (trimmed === '' || trimmed.length > maxLength || !isStorableText(trimmed))) {
    throw new InvalidInputError(
      `input.${field}`,
      `A ${field} has 1 to ${maxLength} characters, none of them NUL; null takes it away.`,
    );
  }
  return trimmed;
}

function checkMeta(meta: JsonValue): ModelFields['meta'] {
  if (meta === null) return {};
  if (typeof meta !== 'object' || Array.isArray(meta)) {
    throw new InvalidInputError('input.meta', '`meta` is a JSON object, such as {"source": "…"}; null empties it.');
  }
  if (!isStorableJson(meta)) {
    throw new InvalidInputError(
      'input.meta',
      `\`meta\` nests at most ${deepestJson} levels deep, no text in it holds a NUL or half a character, and no name is __proto__.`,
    );
  }
  if (Buffer.byteLength(JSON.stringify(meta)) > maxMetaBytes) {
    throw new InvalidInputError('input.meta', `\`meta\` has at most ${maxMetaBytes / 1024} KiB as JSON.`);
  }
  return meta;
}
