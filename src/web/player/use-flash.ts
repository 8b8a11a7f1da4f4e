import { useEffect, useState } from 'react';

const shownMs = 2_000;

/** A word above a film that goes by itself: what a key has done. */
export function useFlash(): [string, (text: string) => void] {
  const [flash, setFlash] = useState({ text: '' });
  useEffect(() => {
    if (flash.text === '') return;
    const timer = setTimeout(() => setFlash({ text: '' }), shownMs);
    return () => clearTimeout(timer);
  }, [flash]);
  return [flash.text, (text) => setFlash({ text })];
}
