import { useEffect, useRef, type RefObject } from 'react';

interface TouchOptions {
  /** Chooses an item by its number, and with `isRange` everything from the one before. */
  onChoose: (item: number, isRange: boolean) => void;
  onZoom: (by: number) => void;
}

const restMs = 450;
/** A finger is never quite still. */
const stillPx = 10;
const edgePx = 64;

/** Fingers on a list: one that rests on a tile chooses it and goes on choosing while it is drawn over others; two change the size of tiles. */
export function useTouch(scroller: RefObject<HTMLDivElement | null>, options: TouchOptions): void {
  const latest = useRef(options);
  latest.current = options;
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    let resting: ReturnType<typeof setTimeout> | undefined;
    let start: Touch | undefined;
    /** The tile that was chosen last while a finger is drawn over them. */
    let drawn: number | null = null;
    let wasHeld = false;
    let pinch: number | null = null;
    const stop = () => {
      clearTimeout(resting);
      start = undefined;
    };
    const onStart = ({ touches, target }: TouchEvent) => {
      stop();
      [wasHeld, drawn] = [false, null];
      pinch = touches.length === 2 ? distanceOf(touches) : null;
      const number = touches.length === 1 ? numberOf(target) : null;
      if (number === null) return;
      start = touches[0];
      resting = setTimeout(() => {
        [wasHeld, drawn] = [true, number];
        latest.current.onChoose(number, false);
      }, restMs);
    };
    const onMove = (event: TouchEvent) => {
      const [touch] = event.touches;
      if (pinch !== null && event.touches.length === 2) {
        event.preventDefault();
        const ratio = distanceOf(event.touches) / pinch;
        if (ratio > 0.75 && ratio < 1.33) return;
        pinch = distanceOf(event.touches);
        latest.current.onZoom(ratio > 1 ? 1 : -1);
        return;
      }
      if (touch === undefined) return;
      if (drawn === null) {
        if (start !== undefined && Math.hypot(touch.clientX - start.clientX, touch.clientY - start.clientY) > stillPx)
          stop();
        return;
      }
      event.preventDefault();
      const box = element.getBoundingClientRect();
      if (touch.clientY < box.top + edgePx) element.scrollTop -= 16;
      if (touch.clientY > box.bottom - edgePx) element.scrollTop += 16;
      const number = numberOf(document.elementFromPoint(touch.clientX, touch.clientY));
      if (number === null || number === drawn) return;
      drawn = number;
      latest.current.onChoose(number, true);
    };
    const onEnd = () => {
      stop();
      [drawn, pinch] = [null, null];
    };
    // The click that follows a long touch is none, nor is its menu.
    const onClick = (event: Event) => {
      if (!wasHeld) return;
      wasHeld = false;
      event.stopPropagation();
      event.preventDefault();
    };
    const onMenu = (event: Event) => wasHeld && event.preventDefault();
    element.addEventListener('touchstart', onStart, { passive: true });
    element.addEventListener('touchmove', onMove, { passive: false });
    element.addEventListener('touchend', onEnd);
    element.addEventListener('touchcancel', onEnd);
    element.addEventListener('click', onClick, { capture: true });
    element.addEventListener('contextmenu', onMenu);
    return () => {
      stop();
      element.removeEventListener('touchstart', onStart);
      element.removeEventListener('touchmove', onMove);
      element.removeEventListener('touchend', onEnd);
      element.removeEventListener('touchcancel', onEnd);
      element.removeEventListener('click', onClick, { capture: true });
      element.removeEventListener('contextmenu', onMenu);
    };
  }, [scroller]);
}

function distanceOf({ 0: one, 1: other }: TouchList): number {
  return one === undefined || other === undefined
    ? 1
    : Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
}

function numberOf(target: EventTarget | null): number | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-number]') : null;
  return cell === null ? null : Number(cell.dataset.number);
}
