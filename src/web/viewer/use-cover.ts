import { useEffect, useRef } from 'react';

/**
 * Gives an element the focus and makes all that it covers inert, until it goes: then what had the focus has it again. What floats above
 * the whole page (menus, dialogs, toasts) stays. Returns the way to end it before something else is given the focus.
 */
export function useCover(root: React.RefObject<HTMLElement | null>): () => void {
  const uncover = useRef(() => undefined as void);
  useEffect(() => {
    const element = root.current;
    if (element === null) return;
    const before = document.activeElement;
    const covered = new Set<HTMLElement>();
    const cover = () => {
      for (const each of coveredBy(element)) {
        if (each.inert) continue;
        each.inert = true;
        covered.add(each);
      }
    };
    cover();
    // What comes later is covered, too: a link to an item opens it before its list is there.
    const observer = new MutationObserver(cover);
    for (let at = element.parentElement; at !== null && at !== document.body; at = at.parentElement) {
      observer.observe(at, { childList: true });
    }
    uncover.current = () => {
      observer.disconnect();
      for (const each of covered) each.inert = false;
    };
    element.focus();
    return () => {
      uncover.current();
      // Somebody else may have been given it meanwhile.
      const isFree = document.activeElement === null || document.activeElement === document.body;
      if (isFree && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [root]);
  return () => uncover.current();
}

/** All that is beside the element and beside what it lies in, up to the root of the page. */
function coveredBy(element: HTMLElement): HTMLElement[] {
  const parent = element.parentElement;
  if (parent === null || parent === document.body) return [];
  const beside = [...parent.children].filter(
    (each): each is HTMLElement => each instanceof HTMLElement && each !== element,
  );
  return parent.parentElement === document.body ? beside : [...beside, ...coveredBy(parent)];
}
