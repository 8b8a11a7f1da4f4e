import PhotoSwipe from 'photoswipe';
import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react';
import { createPortal } from 'react-dom';
import 'photoswipe/style.css';
import { texts } from '../words/texts.ts';
import type { Tile } from '../media/list-documents.ts';
import type { MediaList } from '../media/use-list.ts';
import { readFragment } from '../generated/fragment-masking.ts';
import { TileItem } from '../media/list-documents.ts';
import type { Item } from '../media/item-documents.ts';
import { Player } from './player.tsx';
import { slideOf } from './slide.ts';
import type { Slideshow } from './use-slideshow.ts';
import styles from './viewer.module.css';

export interface StageHandle {
  goTo: (at: number) => void;
  zoom: () => void;
}

interface StageProps {
  ref: Ref<StageHandle>;
  list: MediaList | null;
  /** The number of the item in the list; null where the list does not have it; undefined while that is not known. */
  at: number | null | undefined;
  /** The item itself, with everything that is known of it. */
  alone: Item | null;
  slideshow: Slideshow;
  /** Shows another item, wherever it is. */
  onGoTo: (id: string) => void;
  onShow: (id: string) => void;
  onClose: () => void;
}

/** The picture or film, and the way to its neighbours by finger, mouse and key. PhotoSwipe knows three slides of any number. */
export function Stage(props: StageProps) {
  const { ref, list, at, alone, slideshow, onGoTo, onShow, onClose } = props;
  const place = useRef<HTMLDivElement>(null);
  const swipe = useRef<PhotoSwipe | null>(null);
  const numberedBy = useRef(list?.store ?? null);
  const [slot, setSlot] = useState<{ element: HTMLElement; tile: Tile } | null>(null);
  const index = list?.index ?? null;
  const store = list?.store ?? null;
  const isAlone = at === null;
  const tileAt = (number: number): Tile | undefined => {
    if (isAlone || store === null) return alone === null ? undefined : readFragment(TileItem, alone);
    return store.itemAt(number);
  };
  const latest = useRef({ tileAt, onShow, onClose });
  latest.current = { tileAt, onShow, onClose };
  const isReady = isAlone ? alone !== null : typeof at === 'number';
  const aloneId = isAlone ? alone?.id : undefined;

  useEffect(() => {
    const element = place.current;
    if (element === null || !isReady) return;
    const total = isAlone ? 1 : (index?.total ?? 1);
    const photoSwipe = open(element, { total, at: at ?? 0, tileAt: (number) => latest.current.tileAt(number) });
    swipe.current = photoSwipe;
    photoSwipe.on('change', () => {
      const tile = latest.current.tileAt(photoSwipe.currIndex);
      if (!isAlone) store?.want(Math.max(0, photoSwipe.currIndex - 3), photoSwipe.currIndex + 4);
      if (tile !== undefined) latest.current.onShow(tile.id);
    });
    const showSlot = () => {
      const content = photoSwipe.currSlide?.content;
      const tile = latest.current.tileAt(photoSwipe.currIndex);
      setSlot(content?.element && tile && tile.mediaType !== 'IMAGE' ? { element: content.element, tile } : null);
    };
    photoSwipe.on('contentActivate', showSlot);
    photoSwipe.on('change', showSlot);
    let isReplaced = false;
    photoSwipe.on('close', () => isReplaced || latest.current.onClose());
    photoSwipe.init();
    // The viewer around it is the dialog, and has the keys.
    photoSwipe.element?.setAttribute('role', 'presentation');
    photoSwipe.element?.removeAttribute('tabindex');
    showSlot();
    return () => {
      setSlot(null);
      swipe.current = null;
      // It closes, too, where another one takes its place.
      isReplaced = true;
      photoSwipe.destroy();
    };
    // A list of another length begins anew.
  }, [index, isAlone, isReady, aloneId]);

  // What has been loaded since is shown in the place of what stood for it.
  useEffect(() => {
    const photoSwipe = swipe.current;
    if (photoSwipe === null || isAlone) return;
    // A list may give the item that is seen another number: it stays, and its neighbours change.
    if (numberedBy.current !== store) {
      if (typeof at !== 'number') return;
      numberedBy.current = store;
      if (at !== photoSwipe.currIndex) photoSwipe.goTo(at);
    }
    for (const number of [photoSwipe.currIndex - 1, photoSwipe.currIndex, photoSwipe.currIndex + 1]) {
      const tile = latest.current.tileAt(number);
      const shown = photoSwipe.mainScroll.itemHolders.find(({ slide }) => slide?.index === number)?.slide;
      if (shown && tile && (shown.data as { id?: string }).id !== tile.id) photoSwipe.refreshSlideContent(number);
    }
    const current = latest.current.tileAt(photoSwipe.currIndex);
    if (current !== undefined) latest.current.onShow(current.id);
  }, [list?.version, store, at, isAlone]);

  useImperativeHandle(ref, () => ({
    goTo: (number) => swipe.current?.goTo(number),
    zoom: () => swipe.current?.currSlide?.toggleZoom(),
  }));
  return (
    <div ref={place} className={styles.slides}>
      {slot !== null &&
        createPortal(
          <Player
            key={slot.tile.id}
            tile={slot.tile}
            item={alone?.id === slot.tile.id ? alone : null}
            list={isAlone ? null : list}
            slideshow={slideshow}
            onGoTo={onGoTo}
          />,
          slot.element,
        )}
    </div>
  );
}

interface OpenOptions {
  total: number;
  at: number;
  tileAt: (number: number) => Tile | undefined;
}

function open(element: HTMLElement, { total, at, tileAt }: OpenOptions): PhotoSwipe {
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const photoSwipe = new PhotoSwipe({
    index: at,
    appendToEl: element,
    getViewportSizeFn: () => ({ x: element.clientWidth, y: element.clientHeight }),
    showHideAnimationType: 'none',
    zoomAnimationDuration: isCalm ? 0 : 200,
    bgOpacity: 1,
    loop: false,
    preload: [1, 1],
    wheelToZoom: true,
    // The viewer has controls and keys of its own.
    close: false,
    zoom: false,
    counter: false,
    arrowPrev: false,
    arrowNext: false,
    arrowKeys: false,
    escKey: false,
    trapFocus: false,
    returnFocus: false,
    imageClickAction: 'zoom',
    bgClickAction: false,
    tapAction: false,
    errorMsg: texts.viewer.damaged,
  });
  photoSwipe.addFilter('numItems', () => total);
  photoSwipe.addFilter('itemData', (_data, number) => slideOf(tileAt(number)));
  // All keys are those of the page's own list.
  photoSwipe.on('keydown', (event) => event.preventDefault());
  // The controls of a film are dragged themselves.
  photoSwipe.on('pointerDown', (event) => {
    const { target, clientY } = event.originalEvent;
    if (!(target instanceof Element)) return;
    const media = target.closest('video, audio, button, a, [data-no-swipe]');
    if (media === null) return;
    const isControl = !(media instanceof HTMLVideoElement) || clientY > media.getBoundingClientRect().bottom - 72;
    if (isControl) event.preventDefault();
  });
  photoSwipe.addFilter('preventPointerEvent', (isPrevented, { target }) =>
    target instanceof Element && target.closest('video, audio, button, a, [data-no-swipe]') !== null
      ? false
      : isPrevented,
  );
  return photoSwipe;
}
