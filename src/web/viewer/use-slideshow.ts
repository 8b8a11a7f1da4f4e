import { useEffect, useRef, useState } from 'react';
import { usePreferences } from '../ui/preferences.ts';
import { slideshowOrder } from './slideshow-order.ts';

export const intervals = [3, 5, 10, 30] as const;

interface SlideshowOptions {
  id: string;
  /** The number of the item that is shown; null outside of a list. */
  at: number | null;
  total: number;
  /** Whether it stays for the interval; a film stays until it is over. */
  isTimed: boolean;
  goTo: (at: number) => void;
}

export interface Slideshow {
  isOn: boolean;
  seconds: number;
  isShuffled: boolean;
  choose: (changes: { seconds?: number; isShuffled?: boolean }) => void;
  toggle: () => void;
  stop: () => void;
  /** Goes on before its time: a film is over. */
  goOn: () => void;
}

/** Shows one item after the other until somebody takes over. */
export function useSlideshow({ id, at, total, isTimed, goTo }: SlideshowOptions): Slideshow {
  const [isOn, setOn] = useState(false);
  const [{ isShuffled, seconds }, choose] = usePreferences('slideshow', { seconds: 5, isShuffled: false });
  const order = useRef<(() => number | null) | null>(null);
  const latest = useRef({ at, total, goTo });
  latest.current = { at, total, goTo };
  // Another order begins where the one before it was left.
  useEffect(() => void (order.current = null), [isOn, isShuffled, total]);
  const goOn = () => {
    if (latest.current.at === null) return;
    order.current ??= slideshowOrder(total, latest.current.at, { isShuffled, random: Math.random });
    const next = order.current();
    if (next === null) setOn(false);
    else latest.current.goTo(next);
  };
  const latestGoOn = useRef(goOn);
  latestGoOn.current = goOn;
  useEffect(() => {
    if (!isOn || !isTimed) return;
    const timer = setTimeout(() => latestGoOn.current(), seconds * 1_000);
    return () => clearTimeout(timer);
  }, [isOn, isTimed, id, seconds]);
  useAwakeScreen(isOn);
  return {
    isOn,
    seconds,
    isShuffled,
    choose,
    toggle: () => setOn((before) => !before && at !== null),
    stop: () => setOn(false),
    goOn,
  };
}

/** Keeps the screen on while something is shown that nobody touches, where the browser can. */
function useAwakeScreen(isOn: boolean): void {
  useEffect(() => {
    if (!isOn || !('wakeLock' in navigator)) return;
    const lock = navigator.wakeLock.request('screen').catch(() => null); // it is a kindness, and a battery may be low
    return () => void lock.then((held) => held?.release());
  }, [isOn]);
}
