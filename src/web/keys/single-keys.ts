import { readPreference, storePreference } from './preferences.ts';

const preference = 'single-keys';

/** Whether letters, figures and signs do something by themselves; who dictates, or meets keys by accident, switches that off (WCAG 2.1.4). */
export function areSingleKeysOn(): boolean {
  return readPreference(preference) !== 'off';
}

export function setSingleKeys(isOn: boolean): void {
  storePreference(preference, isOn ? null : 'off');
}

/** Whether an event comes from a sign alone, without Ctrl, Alt or Cmd. Space, Enter and the arrows are no signs. */
export function isSingleKey({ altKey, ctrlKey, key, metaKey }: KeyboardEvent): boolean {
  return key.length === 1 && key !== ' ' && !altKey && !ctrlKey && !metaKey;
}
