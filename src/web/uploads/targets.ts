import type { UploadTargetsQuery } from '../generated/graphql.ts';
import { uploadTexts } from '../words/uploads.ts';
import type { MediaKind } from './entry.ts';

export type Target = UploadTargetsQuery['categories'][number];

/** The categories that files of each kind go to, where a person chose another one than the usual. */
export type TargetChoice = Partial<Record<MediaKind, string>>;

const kept = 'mediashelf.uploads.targets';

export function readTargetChoice(): TargetChoice {
  try {
    const given: unknown = JSON.parse(localStorage.getItem(kept) ?? '{}');
    return typeof given === 'object' && given !== null ? given : {};
  } catch {
    return {};
  }
}

export function keepTargetChoice(choice: TargetChoice): void {
  localStorage.setItem(kept, JSON.stringify(choice));
}

const keptLook = 'mediashelf.uploads.lookFirst';

/** Whether the person wants to know of bytes that are here already before they are sent. */
export function looksFirst(): boolean {
  return localStorage.getItem(keptLook) !== 'no';
}

export function keepLookFirst(isWanted: boolean): void {
  localStorage.setItem(keptLook, isWanted ? 'yes' : 'no');
}

/** The category for a kind: the chosen one, else the default one where it holds that kind, else the first that does. */
export function targetOf(kind: MediaKind, targets: readonly Target[], choice: TargetChoice): Target | null {
  const fitting = targets.filter(({ mediaType }) => mediaType === kind);
  return (
    fitting.find(({ key }) => key === choice[kind]) ?? fitting.find(({ isDefault }) => isDefault) ?? fitting[0] ?? null
  );
}

/** Says why a file cannot be taken, and what could; null where it fits. */
export function whyNot(
  { kind, size }: { kind: MediaKind | null; size: number },
  targets: readonly Target[],
  maxBytes: number | null,
): string | null {
  if (size === 0) return uploadTexts.refused.empty;
  if (maxBytes !== null && size > maxBytes) return uploadTexts.refused.tooLarge(size, maxBytes);
  if (kind === null) return uploadTexts.refused.noMedium(targets);
  return targets.some(({ mediaType }) => mediaType === kind) ? null : uploadTexts.refused.noCategory(kind, targets);
}
