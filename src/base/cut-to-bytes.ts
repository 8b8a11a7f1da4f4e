/** As much of the beginning as these bytes hold in UTF-8, in whole characters. */
export function cutToBytes(text: string, bytes: number): string {
  let end = 0;
  let size = 0;
  for (const character of text) {
    size += Buffer.byteLength(character);
    if (size > bytes) return text.slice(0, end);
    end += character.length;
  }
  return text;
}
