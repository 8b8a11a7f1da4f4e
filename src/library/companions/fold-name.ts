/** Folds a name to its composed form, since macOS stores names decomposed, and to lower case. */
export function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
