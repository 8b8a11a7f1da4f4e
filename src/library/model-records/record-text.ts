import { foldText } from '../metadata/fold-text.ts';

/** Returns what a search looks through of a model record or a pending import: name and path, folded, a line each. */
export function recordTextOf(name: string | null, path: string): string {
  return `${foldText(name ?? '')}\n${foldText(path)}`;
}
