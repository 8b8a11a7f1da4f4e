const maxLength = 100;

/** The rule of `toTokenName`, for people. */
export const tokenNameRule = `Give a name of 1 to ${maxLength} characters.`;

/** Returns the name of a token without the space around it; null for what can be none. */
export function toTokenName(text: string): string | null {
  const name = text.trim();
  return name === '' || name.length > maxLength || /\p{Cc}|\p{Cs}/u.test(name) ? null : name;
}
