import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { isStorableText } from '../../base/text.ts';

const maxTitleLength = 500;
const maxDescriptionLength = 20_000;

/** Returns a person's title without the space around it. Throws InvalidInputError. */
export function checkTitle(title: string): string {
  const trimmed = title.trim();
  if (trimmed === '' || trimmed.length > maxTitleLength || !isStorableText(trimmed)) {
    throw new InvalidInputError(
      'input.title',
      `A title has 1 to ${maxTitleLength} characters, none of them NUL; null returns to the one from the filename.`,
    );
  }
  return trimmed;
}

/** Returns a person's description; null for an empty one. Throws InvalidInputError. */
export function checkDescription(description: string | null): string | null {
  if (description !== null && (description.length > maxDescriptionLength || !isStorableText(description))) {
    throw new InvalidInputError(
      'input.description',
      `A description has at most ${maxDescriptionLength} characters, none of them NUL.`,
    );
  }
  return description === '' ? null : description;
}
