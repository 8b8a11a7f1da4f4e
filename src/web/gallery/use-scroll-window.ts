import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { clampTop, fitWindow, isNearEdge, windowAround, type ScrollWindow } from '../list/scroll-window.ts';
import type { ListLayout } from '../list/list-layout.ts';

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
  layout: ListLayout;
  viewHeight: number;
  /** Another key begins at the top. */
  listKey: string;
  /** Returns what is to be at the top now that the layout is another one; what is seen stays where it is. */
  hold: (top: number) => number;
}

const restMs = 150;

/** In screens a second. One who scrolls at the limit does not cross it with every frame. */
const fastSpeed = 4;
const slowSpeed = 2.5;

/** Scrolls a list of any height by an element that is never too high for a browser, and tells where it is. */
export function useScrollWindow(
  ref: RefObject<HTMLDivElement | null>,
  { layout, viewHeight, listKey, hold }: ScrollOptions,
): ScrollState {
  const listHeight = layout.height;
  const [state, setState] = useState(() => ({ window: windowAround(listHeight, 0), top: 0, isFast: false }));
  const live = useRef({ window: state.window, wanted: null as number | null, listHeight, viewHeight, listKey });
  live.current.listHeight = listHeight;
  live.current.viewHeight = viewHeight;

  const show = (top: number, isFast?: boolean) => {
    const step = Math.max(1, live.current.viewHeight / 8);
    const stepped = Math.floor(top / step) * step;
    const { window } = live.current;
    setState((before) => {
      const next = { window, top: stepped, isFast: isFast ?? before.isFast };
      return before.top === next.top && before.isFast === next.isFast && before.window === window ? before : next;
    });
  };
  const current = () => live.current.window.start + (ref.current?.scrollTop ?? 0);
  const place = (wanted: number, isFast?: boolean) => {
    const top = clampTop(wanted, live.current.listHeight, live.current.viewHeight);
    const before = live.current.window;
    const window = fitWindow(before, live.current.listHeight, top, live.current.viewHeight);
    live.current.window = window;
    if (window === before) {
      if (ref.current !== null && top !== current()) ref.current.scrollTop = top - window.start;
    } else live.current.wanted = top;
    show(top, isFast);
  };
  const jumpTo = (wanted: number) => place(wanted, false);

  // The window may change with the list: its new height is there after the rendering, and the place with it.
  useLayoutEffect(() => {
    const element = ref.current;
    const { wanted, window } = live.current;
    if (element === null || wanted === null || state.window !== window) return;
    live.current.wanted = null;
    if (element.scrollTop !== wanted - window.start) element.scrollTop = wanted - window.start;
  });
  useLayoutEffect(() => {
    if (live.current.listKey !== listKey) {
      live.current.listKey = listKey;
      hold(0);
      jumpTo(0);
      return;
    }
    place(hold(current()));
    // The functions above read everything that changes through the ref.
  }, [layout, listKey, viewHeight]);

  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    let lastTop = current();
    let lastTime = performance.now();
    let speed = 0;
    let isFast = false;
    let atRest: ReturnType<typeof setTimeout> | undefined;
    const edge = () =>
      isNearEdge(live.current.window, live.current.listHeight, element.scrollTop, live.current.viewHeight);
    const onScroll = () => {
      // What was scrolled by the page itself is known before it has happened.
      if (live.current.wanted !== null) return;
      const now = performance.now();
      const top = current();
      const elapsed = Math.max(1, now - lastTime);
      const speedNow = ((Math.abs(top - lastTop) / elapsed) * 1_000) / Math.max(1, live.current.viewHeight);
      // Frames come in uneven steps: the speed is that of the last ten or so.
      const share = elapsed < 500 ? Math.min(1, elapsed / restMs) : 1;
      speed = elapsed < 500 ? speed + (speedNow - speed) * share : 0;
      isFast = speed > (isFast ? slowSpeed : fastSpeed);
      lastTop = top;
      lastTime = now;
      show(top, isFast);
      if (edge().isAtEdge) jumpTo(top);
      clearTimeout(atRest);
      atRest = setTimeout(() => {
        speed = 0;
        isFast = false;
        if (edge().isNear) jumpTo(current());
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
