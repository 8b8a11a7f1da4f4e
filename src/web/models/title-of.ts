import { modelTexts } from '../words/models.ts';

/** What a model is called: by its name, else by the beginning of its hash. */
export function titleOf({ name, sha256 }: { name?: string | null; sha256: string }): string {
  return name ?? `${modelTexts.nameless} (${sha256.slice(0, 8)})`;
}
