import { useEffect, useRef, type MouseEvent } from 'react';
import type { CellProps } from './cell-props.ts';

/** How a cell behaves, however it looks: one of them is a stop of Tab, a click opens it, or chooses. */
export function useCell({ item, number, isChoosing, isFocusable, takesFocus, onChoose, onFocus, onOpen }: CellProps) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isFocusable || !takesFocus.current) return;
    takesFocus.current = false;
    ref.current?.focus({ preventScroll: true });
  });
  const held = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const wasHeld = useRef(false);
  return {
    ref,
    props: {
      role: 'gridcell',
      tabIndex: isFocusable ? 0 : -1,
      onFocus: () => onFocus(number),
      onClick(event: MouseEvent) {
        if (wasHeld.current) {
          wasHeld.current = false;
          return;
        }
        onFocus(number);
        if (isChoosing || event.shiftKey || event.ctrlKey || event.metaKey) onChoose(number, event.shiftKey);
        else if (item !== undefined) onOpen(item.id);
      },
      // A finger that rests on a tile chooses it.
      onTouchStart() {
        wasHeld.current = false;
        held.current = setTimeout(() => {
          wasHeld.current = true;
          onChoose(number, false);
        }, 450);
      },
      onTouchMove: () => clearTimeout(held.current),
      onTouchEnd: () => clearTimeout(held.current),
      onTouchCancel: () => clearTimeout(held.current),
    },
    choose(event: MouseEvent) {
      event.stopPropagation();
      onChoose(number, event.shiftKey);
    },
  };
}
