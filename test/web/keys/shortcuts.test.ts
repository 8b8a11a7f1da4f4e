import { afterEach, expect, it, vi } from 'vitest';
import { ariaKeysOf, isSingle, keyOf, shortcuts, type ShortcutId } from '../../../src/web/keys/shortcuts.ts';

afterEach(() => vi.unstubAllGlobals());

it('keys are named for those who hear a button as the standard of aria-keyshortcuts writes them', () => {
  vi.stubGlobal('navigator', { platform: 'Linux x86_64' });
  expect(ariaKeysOf('palette')).toBe('Control+k');
  expect(ariaKeysOf('hide')).toBe('Delete');
  expect(ariaKeysOf('larger')).toBe('Plus Shift+Plus =');
  // It cannot say keys that are pressed one after the other.
  expect(ariaKeysOf('goTrash')).toBeUndefined();
  expect(ariaKeysOf('goDate')).toBe('Shift+G');
  for (const id of Object.keys(shortcuts) as ShortcutId[]) expect(ariaKeysOf(id) ?? '').not.toMatch(/\$|\+\+|\+$/);
  vi.stubGlobal('navigator', { platform: 'MacIntel' });
  expect([ariaKeysOf('palette'), keyOf('palette')]).toEqual(['Meta+k', '⌘ K']);
});

const single = (ids: ShortcutId[]) => ids.map((id) => isSingle(id));

it('what is switched off with the keys of one sign is what is shown as one', () => {
  expect(single(['search', 'select', 'larger', 'previousDay', 'goAll', 'playPause'])).toEqual(Array(6).fill(true));
  expect(single(['left', 'hide', 'palette', 'selectAll', 'open', 'leave', 'home'])).toEqual(Array(7).fill(false));
});
