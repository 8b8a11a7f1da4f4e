import { useEffect, useLayoutEffect } from 'react';

let held: KeyboardEvent[] | null = null;
let giveUp: ReturnType<typeof setTimeout> | undefined;

/** What comes in the place of something has begun to take keys within that time, or never will. */
const longestMs = 1_000;

/**
 * Stands in for something that is being loaded and is meant by what is typed from now on: keeps the keys until `useHeldKeys`
 * of what comes takes them.
 */
export function HoldKeys(): null {
  useLayoutEffect(() => {
    hold();
    return () => {
      giveUp = setTimeout(letGo, longestMs);
    };
  }, []);
  return null;
}

/** Gives the keys that were kept to what has the focus once the component is there, as if they were pressed then. */
export function useHeldKeys(): void {
  useEffect(() => {
    // A field takes one key after the other only while nothing is being drawn.
    const timer = setTimeout(() => {
      for (const key of letGo()) press(key);
    });
    return () => clearTimeout(timer);
  }, []);
}

/** The same beside a field, which has the focus as soon as this is there. */
export function TakeKeys(): null {
  useHeldKeys();
  return null;
}

function hold(): void {
  clearTimeout(giveUp);
  if (held !== null) return;
  held = [];
  addEventListener('keydown', keep, { capture: true });
}

function letGo(): KeyboardEvent[] {
  clearTimeout(giveUp);
  removeEventListener('keydown', keep, { capture: true });
  const keys = held ?? [];
  held = null;
  return keys;
}

/** Those of the browser itself go on to it. */
function keep(event: KeyboardEvent): void {
  const { altKey, ctrlKey, isComposing, key, metaKey } = event;
  if (altKey || ctrlKey || metaKey || isComposing || (key.length > 1 && !answers.test(key))) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  held?.push(event);
}

const answers = /^(?:Enter|Escape|Backspace|Delete|Home|End|Page(?:Up|Down)|Arrow(?:Left|Right|Up|Down))$/;

/** A key that a page presses does nothing by itself: what it would do in a field is done here. */
function press({ code, key, shiftKey }: KeyboardEvent): void {
  const target = document.activeElement ?? document.body;
  const event = new KeyboardEvent('keydown', { code, key, shiftKey, bubbles: true, cancelable: true });
  if (!target.dispatchEvent(event) || !(target instanceof HTMLInputElement)) return;
  if (key === 'Enter') target.form?.requestSubmit();
  const { selectionEnd: end, selectionStart: start } = target;
  if (start === null || end === null) return;
  if (key === 'Backspace') target.setRangeText('', start === end ? Math.max(0, start - 1) : start, end, 'end');
  else if (key.length === 1) target.setRangeText(key, start, end, 'end');
  else return;
  target.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
