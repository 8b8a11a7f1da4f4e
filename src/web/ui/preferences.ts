import { useState } from 'react';
import { readPreference, storePreference } from '../keys/preferences.ts';

type Choices = Record<string, string | number | boolean>;

/** What may be chosen in the place of what is usual. */
type Chosen<Usual extends Choices> = {
  [Name in keyof Usual]: Usual[Name] extends boolean ? boolean : Usual[Name] extends number ? number : string;
};

/** Returns what a person chose in this browser; what was not chosen, or makes no sense, is as usual. */
export function recall<Usual extends Choices>(name: string, usual: Usual): Chosen<Usual> {
  const stored = read(name);
  const known = Object.entries(usual).map(([key, value]) => [
    key,
    typeof stored[key] === typeof value ? stored[key] : value,
  ]);
  return Object.fromEntries(known) as Chosen<Usual>;
}

/** Keeps a choice in this browser; without storage, it holds as long as the page. */
export function remember(name: string, changes: Choices): void {
  storePreference(name, JSON.stringify({ ...read(name), ...changes }));
}

/** What a person chose in this browser, and the way to choose. */
export function usePreferences<Usual extends Choices>(
  name: string,
  usual: Usual,
): [Chosen<Usual>, (changes: Partial<Chosen<Usual>>) => void] {
  const [chosen, setChosen] = useState(() => recall(name, usual));
  return [
    chosen,
    (changes) => {
      setChosen((before) => ({ ...before, ...changes }));
      remember(name, changes as Partial<Choices> as Choices);
    },
  ];
}

function read(name: string): Record<string, unknown> {
  try {
    const stored: unknown = JSON.parse(readPreference(name) ?? '{}');
    return typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
