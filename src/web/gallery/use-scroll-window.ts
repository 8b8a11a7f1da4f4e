import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { clampTop, isNearEdge, windowAround, type ScrollWindow } from '../list/scroll-window.ts';

interface ScrollState {
  window: ScrollWindow;
  /** The height of the list that is at the top of the view, in steps that are small beside a screen. */
  top: number;
  /** More than four screens a second: nothing is asked for that is passed so quickly. */
  isFast: boolean;
  /** The exact height of this moment. */
  current: () => number;
  jumpTo: (top: number) => void;
}

interface ScrollOptions {
  listHeight: number;
  viewHeight: number;
  /** Another key begins at the top. */
  listKey: string;
}

const restMs = 150;

/** Scrolls a list of any height by an element that is never too high for a browser, and tells where it is. */
export function useScrollWindow(
  ref: RefObject<HTMLDivElement | null>,
  { listHeight, viewHeight, listKey }: ScrollOptions,
): ScrollState {
  const [state, setState] = useState(() => ({ window: windowAround(listHeight, 0), top: 0, isFast: false }));
  const live = useRef({ window: state.window, wanted: null as number | null, listHeight, viewHeight, listKey });
  live.current.listHeight = listHeight;
  live.current.viewHeight = viewHeight;

  const show = (top: number, isFast: boolean) => {
    const step = Math.max(1, live.current.viewHeight / 8);
    const stepped = Math.floor(top / step) * step;
    const { window } = live.current;
    setState((before) =>
      before.top === stepped && before.isFast === isFast && before.window === window
        ? before
        : { window, top: stepped, isFast },
    );
  };
  const current = () => live.current.window.start + (ref.current?.scrollTop ?? 0);
  const jumpTo = (wanted: number) => {
    const top = clampTop(wanted, live.current.listHeight, live.current.viewHeight);
    live.current.window = windowAround(live.current.listHeight, top);
    live.current.wanted = top;
    show(top, false);
  };

  // The window may change with the list: its new height is there after the rendering, and the place with it.
  useLayoutEffect(() => {
    const element = ref.current;
    const { wanted, window } = live.current;
    if (element === null || wanted === null) return;
    live.current.wanted = null;
    element.scrollTop = wanted - window.start;
  });
  useLayoutEffect(() => {
    if (live.current.listKey !== listKey) {
      live.current.listKey = listKey;
      jumpTo(0);
      return;
    }
    jumpTo(current());
    // The functions above read everything that changes through the ref.
  }, [listHeight, listKey, viewHeight]);

  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    let lastTop = current();
    let lastTime = performance.now();
    let atRest: ReturnType<typeof setTimeout> | undefined;
    const onScroll = () => {
      const now = performance.now();
      const top = current();
      const elapsed = Math.max(1, now - lastTime);
      const isFast = elapsed < 500 && (Math.abs(top - lastTop) / elapsed) * 1_000 > 4 * live.current.viewHeight;
      lastTop = top;
      lastTime = now;
      show(top, isFast);
      const { isAtEdge } = isNearEdge(
        live.current.window,
        live.current.listHeight,
        element.scrollTop,
        live.current.viewHeight,
      );
      if (isAtEdge) jumpTo(top);
      clearTimeout(atRest);
      atRest = setTimeout(() => {
        const { isNear } = isNearEdge(
          live.current.window,
          live.current.listHeight,
          element.scrollTop,
          live.current.viewHeight,
        );
        if (isNear) jumpTo(current());
        else show(current(), false);
      }, restMs);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      clearTimeout(atRest);
      element.removeEventListener('scroll', onScroll);
    };
  }, [ref]);

  return { ...state, current, jumpTo };
}
