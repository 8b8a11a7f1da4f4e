import type { Category } from '../api/use-categories.ts';
import { readPreference, storePreference } from '../keys/preferences.ts';
import { layouts, zoomSteps, type LayoutName } from '../list/view.ts';

/** What somebody chose for all lists on this browser; null leaves it to each category. */
export function chosenLayout(): LayoutName | null {
  const chosen = readPreference('layout');
  return layouts.find((layout) => layout === chosen) ?? null;
}

export function chooseLayout(layout: LayoutName | null): void {
  storePreference('layout', layout);
}

/** How large tiles are where the address does not say, from 0 to `zoomSteps - 1`. */
export function usualZoom(): number {
  const chosen = readPreference('zoom');
  return chosen !== null && /^\d$/.test(chosen) ? Math.min(zoomSteps - 1, Number(chosen)) : defaultZoom;
}

export function chooseZoom(zoom: number): void {
  storePreference('zoom', zoom === defaultZoom ? null : String(zoom));
}

const defaultZoom = 3;

/** The layout of a list where the address does not say: that of the person, else of the category, else by what is in it. */
export function usualLayout(category: Pick<Category, 'ui' | 'mediaType'> | undefined): LayoutName {
  const chosen = chosenLayout();
  if (chosen !== null) return chosen;
  const { layout } = (category?.ui ?? {}) as { layout?: unknown };
  if (layout === 'table' || layout === 'list') return 'table';
  if (layout === 'wall') return 'wall';
  return category?.mediaType === 'AUDIO' && layout === undefined ? 'table' : 'grid';
}
