/**
 * Makes JSON one line for every reader. It escapes what JSON.stringify leaves as it is and some take for the end of a
 * line (U+0085, U+2028, U+2029), for a command to a terminal (U+007F to U+009F) or for a turn of the text's direction.
 * The value stays the same.
 */
export function oneLineJson(json: string): string {
  return json.replaceAll(unsafeInJson, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const unsafeInJson = /[\u007f-\u009f\u2028\u2029\p{Bidi_Control}]/gu;
