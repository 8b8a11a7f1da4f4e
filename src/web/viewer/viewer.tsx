import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useRef, useState } from 'react';
import { useItem } from '../media/use-item.ts';
import { useHeldKeys } from '../keys/held-keys.ts';
import { useShortcuts } from '../keys/shortcuts.ts';
import { texts } from '../words/texts.ts';
import type { MediaList } from '../media/use-list.ts';
import { usePlace } from '../media/use-place.ts';
import type { ListFilter, ListOrder } from '../list/view.ts';
import { IconButton } from '../ui/button.tsx';
import { usePreferences } from '../ui/preferences.ts';
import { Details } from '../details/details.tsx';
import { Filmstrip } from './filmstrip.tsx';
import { Missing } from './missing.tsx';
import { Removed } from './removed.tsx';
import { Stage, type StageHandle } from './stage.tsx';
import { useCover } from './use-cover.ts';
import { useIdle } from './use-idle.ts';
import { useItemActions } from './use-item-actions.ts';
import { useSlideshow } from './use-slideshow.ts';
import { useWholeScreen } from './use-whole-screen.ts';
import { ViewerBar } from './viewer-bar.tsx';
import { ViewerMenu } from './viewer-menu.tsx';
import styles from './viewer.module.css';

interface ViewerProps {
  id: string;
  /** The list that the item is seen in; null while it is not known. */
  list: MediaList | null;
  filter: ListFilter;
  order: ListOrder;
  onShow: (id: string) => void;
  /** Tells the number of the item that was seen last, where it is known. */
  onClose: (at: number | null) => void;
  onChanged: () => void;
}

/** One item on the whole screen, with all the others of its list before and behind it. */
export function Viewer({ id, list, filter, order, onShow, onClose, onChanged }: ViewerProps) {
  const { item, isGone, error, retry } = useItem(id, list);
  const place = usePlace(id, list, filter, order);
  const at = place ?? null;
  const total = list?.index.total ?? 0;
  const stage = useRef<StageHandle>(null);
  const root = useRef<HTMLDivElement>(null);
  const [hasDetails, setDetails] = useState(false);
  const [{ hasStrip }, choose] = usePreferences('viewer', { hasStrip: false });
  const isIdle = useIdle(root);
  const uncover = useCover(root);
  const wholeScreen = useWholeScreen();
  const close = () => {
    uncover();
    onClose(at);
  };
  const goTo = (number: number) => {
    if (list !== null && at !== null && number >= 0 && number < total) stage.current?.goTo(number);
  };
  const slideshow = useSlideshow({ id, at, total, isTimed: item !== null && item.mediaType !== 'VIDEO', goTo });
  const step = (by: number) => {
    slideshow.stop();
    if (at !== null) goTo(at + by);
  };
  /** Shows an item wherever it is: beside this one, elsewhere in the list, or in none. */
  const show = (other: string) => {
    const number = list?.store.find(other);
    if (number === undefined) onShow(other);
    else goTo(number);
  };
  const actions = useItemActions(item, onChanged, () => {
    const next = list?.store.itemAt((at ?? -2) + 1) ?? list?.store.itemAt((at ?? 0) - 1);
    if (next === undefined || next.id === id) close();
    else onShow(next.id);
  });
  const toggleStrip = () => choose({ hasStrip: !hasStrip });
  const toggleDetails = () => setDetails((before) => !before);
  useShortcuts(
    {
      left: () => step(-1),
      right: () => step(1),
      home: () => goTo(0),
      end: () => goTo(total - 1),
      leave: close,
      details: toggleDetails,
      zoom: () => stage.current?.zoom(),
      slideshow: slideshow.toggle,
      filmstrip: toggleStrip,
      favourite: actions.toggleFavourite,
      hide: actions.hide,
      fullScreen: wholeScreen.toggle,
    },
    { isModal: true },
  );
  useHeldKeys();
  return (
    <div
      ref={root}
      data-viewer
      data-keys
      className={styles.viewer}
      role="dialog"
      aria-modal="true"
      aria-label={item === null ? texts.viewer.label : item.title}
      tabIndex={-1}
      data-idle={(isIdle && !hasDetails) || undefined}
      data-show={slideshow.isOn || undefined}
    >
      <div className={styles.column}>
        <div className={styles.stage} onPointerDownCapture={({ target }) => isSlide(target) && slideshow.stop()}>
          {isGone || error !== null ? (
            <Missing error={error} onRetry={retry} onClose={close} />
          ) : (
            <Stage
              ref={stage}
              list={list}
              at={place}
              alone={item}
              onShow={onShow}
              onClose={close}
              slideshow={slideshow}
              onGoTo={show}
            />
          )}
          {item !== null && item.status !== 'AVAILABLE' && <Removed item={item} onRestore={actions.restore} />}
          <ViewerBar
            item={item}
            where={at === null ? '' : texts.viewer.of(at + 1, total)}
            slideshow={slideshow}
            hasDetails={hasDetails}
            onClose={close}
            onFavourite={actions.toggleFavourite}
            onHide={actions.hide}
            onDetails={toggleDetails}
          >
            <ViewerMenu
              downloadUrl={item?.downloadUrl ?? null}
              slideshow={slideshow}
              filmstrip={at === null ? null : { isOn: hasStrip, toggle: toggleStrip }}
              isWholeScreen={wholeScreen.isWholeScreen}
              onWholeScreen={wholeScreen.toggle}
            />
          </ViewerBar>
          {at !== null && at > 0 && (
            <IconButton
              className={styles.previous ?? ''}
              label={texts.viewer.previous}
              shortcut="left"
              icon={<ChevronLeft />}
              onClick={() => step(-1)}
            />
          )}
          {at !== null && at < total - 1 && (
            <IconButton
              className={styles.next ?? ''}
              label={texts.viewer.next}
              shortcut="right"
              icon={<ChevronRight />}
              onClick={() => step(1)}
            />
          )}
        </div>
        {hasStrip && list !== null && at !== null && (
          <Filmstrip
            list={list}
            at={at}
            onGoTo={(number) => {
              slideshow.stop();
              goTo(number);
            }}
          />
        )}
      </div>
      {hasDetails && item !== null && <Details key={item.id} item={item} />}
    </div>
  );
}

/** Whether a pointer is on what is shown, and not on the buttons above it. */
function isSlide(target: EventTarget): boolean {
  return target instanceof Element && target.closest('.pswp') !== null;
}
