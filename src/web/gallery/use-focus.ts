import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/**
 * Which item of a list Tab leads to, and has the focus. Tiles are drawn anew in other rows, and items get other numbers: the focus goes
 * along with its item, and is lost to nothing.
 */
export function useFocus(scroller: RefObject<HTMLDivElement | null>) {
  const [focused, setFocused] = useState(0);
  /** Whether the tile of that item takes the focus as soon as it is there. */
  const wantsFocus = useRef(false);
  const hasFocus = useRef(false);
  const isMoving = useRef(false);
  useEffect(() => {
    const note = () => {
      const { activeElement } = document;
      // Nothing has the focus where it was on something that is no more.
      if (activeElement !== document.body) hasFocus.current = scroller.current?.contains(activeElement) === true;
    };
    const leave = () => {
      if (document.activeElement === document.body) hasFocus.current = false;
    };
    document.addEventListener('focusin', note);
    document.addEventListener('pointerdown', leave);
    return () => {
      document.removeEventListener('focusin', note);
      document.removeEventListener('pointerdown', leave);
    };
  }, [scroller]);
  // The tile with the new number is drawn with it, not before.
  useLayoutEffect(() => {
    if (isMoving.current && hasFocus.current) wantsFocus.current = true;
    isMoving.current = false;
  }, [focused]);
  useEffect(() => {
    if (isMoving.current || !hasFocus.current || document.activeElement !== document.body) return;
    const tile = scroller.current?.querySelector<HTMLElement>('[role=gridcell][tabindex="0"]');
    tile?.focus({ preventScroll: true });
  });
  return {
    focused,
    setFocused,
    wantsFocus,
    /** The item has another number now. */
    moveFocused(item: number) {
      isMoving.current = true;
      setFocused(item);
    },
  };
}
