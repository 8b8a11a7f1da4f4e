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
  return {
    ref,
    props: {
      role: 'gridcell',
      tabIndex: isFocusable ? 0 : -1,
      'data-number': number,
      onFocus: () => onFocus(number),
      onClick(event: MouseEvent) {
        onFocus(number);
        if (isChoosing || event.shiftKey || event.ctrlKey || event.metaKey) onChoose(number, event.shiftKey);
        else if (item !== undefined) onOpen(item.id);
      },
    },
    choose(event: MouseEvent) {
      event.stopPropagation();
      onChoose(number, event.shiftKey);
    },
  };
}
