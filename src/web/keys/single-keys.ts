import { useSyncExternalStore } from 'react';
import { readPreference, storePreference } from './preferences.ts';

const preference = 'single-keys';
const listeners = new Set<() => void>();
let areOn = readPreference(preference) !== 'off';

/** Whether letters, figures and signs do something by themselves; who dictates, or meets keys by accident, switches that off (WCAG 2.1.4). */
export function areSingleKeysOn(): boolean {
  return areOn;
}

export function useSingleKeys(): boolean {
  return useSyncExternalStore(subscribe, areSingleKeysOn);
}

/** Switches them on or off on this browser. */
export function setSingleKeys(isOn: boolean): void {
  areOn = isOn;
  storePreference(preference, isOn ? null : 'off');
  for (const listener of listeners) listener();
}

/** Whether an event comes from a sign alone, without Ctrl, Alt or Cmd. Space, Enter and the arrows are no signs. */
export function isSingleKey({ altKey, ctrlKey, key, metaKey }: KeyboardEvent): boolean {
  return key.length === 1 && key !== ' ' && !altKey && !ctrlKey && !metaKey;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
