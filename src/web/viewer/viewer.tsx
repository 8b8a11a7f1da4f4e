import { useQueryClient } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, Download, Heart, Info, Pause, Play, Trash2, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useAction, useOperation } from '../api/use-operation.ts';
import { describeFailure } from '../api/describe-failure.ts';
import { useShortcuts } from '../keys/shortcuts.ts';
import { texts } from '../words/texts.ts';
import { useMayEdit } from '../api/use-viewer.ts';
import { hideMany } from '../media/bulk.ts';
import type { MediaList } from '../media/use-list.ts';
import type { ListFilter, ListOrder } from '../list/view.ts';
import { IconButton } from '../ui/button.tsx';
import { say } from '../ui/say.ts';
import { Details } from './details.tsx';
import { ItemDocument, UpdateItemDocument } from '../media/item-documents.ts';
import { Stage, type StageHandle } from './stage.tsx';
import { usePlace } from '../media/use-place.ts';
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

const slideMs = 5_000;

/** One item on the whole screen, with all the others of its list before and behind it. */
export function Viewer({ id, list, filter, order, onShow, onClose, onChanged }: ViewerProps) {
  const { data, isSuccess } = useOperation(ItemDocument, { id }, { staleTime: 5_000 });
  const item = data?.mediaItem ?? null;
  const place = usePlace(id, list, filter, order);
  const at = place ?? null;
  const total = list?.index.total ?? 0;
  const stage = useRef<StageHandle>(null);
  const root = useRef<HTMLDivElement>(null);
  const [hasDetails, setDetails] = useState(false);
  const [isSliding, setSliding] = useState(false);
  const isIdle = useIdle(root);
  const mayEdit = useMayEdit();
  const client = useQueryClient();
  const updating = useAction(UpdateItemDocument);

  useEffect(() => {
    const before = document.activeElement;
    root.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  // What lies below hears and shows nothing to assistive technology while the viewer is open.
  useEffect(() => {
    const below = document.querySelectorAll<HTMLElement>('#main > *:not([data-viewer]), nav');
    const others = [...below].filter((element) => !element.contains(root.current));
    for (const element of others) element.inert = true;
    return () => {
      for (const element of others) element.inert = false;
    };
  }, []);

  const goTo = (number: number) => {
    if (list === null || at === null || number < 0 || number >= total) return;
    stage.current?.goTo(number);
  };
  const step = (by: number) => at !== null && goTo(at + by);
  useEffect(() => {
    if (!isSliding || at === null) return;
    const timer = setTimeout(() => (at + 1 < total ? goTo(at + 1) : setSliding(false)), slideMs);
    return () => clearTimeout(timer);
  });
  const toggleFavourite = () => {
    if (item === null || !mayEdit) return;
    updating.mutate(
      { input: { id, favourite: !item.favourite } },
      {
        onSuccess: () => void client.invalidateQueries(),
        onError: (error) => say(describeFailure(error)),
      },
    );
  };
  const hide = () => {
    if (!mayEdit || item === null) return;
    void hideMany({ ids: [id] }, onChanged).then(onChanged, (error: unknown) => say(describeFailure(error)));
    const next = list?.store.itemAt((at ?? -2) + 1) ?? list?.store.itemAt((at ?? 0) - 1);
    if (next === undefined || next.id === id) onClose(at);
    else onShow(next.id);
  };
  const fullScreen = () =>
    void (document.fullscreenElement === null ? root.current?.requestFullscreen() : document.exitFullscreen());
  useShortcuts(
    {
      left: () => step(-1),
      right: () => step(1),
      home: () => goTo(0),
      end: () => goTo(total - 1),
      leave: () => onClose(at),
      details: () => setDetails((before) => !before),
      zoom: () => stage.current?.zoom(),
      slideshow: () => setSliding((before) => !before),
      favourite: toggleFavourite,
      hide,
      fullScreen,
    },
    { isModal: true },
  );

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
    >
      <div className={styles.stage}>
        {isSuccess && item === null ? (
          <p className={styles.gone}>{texts.viewer.gone}</p>
        ) : (
          <Stage ref={stage} list={list} at={place} alone={item} onShow={onShow} onClose={() => onClose(at)} />
        )}
        <header className={styles.top}>
          <IconButton label={texts.viewer.close} icon={<X />} onClick={() => onClose(at)} />
          <span className={styles.where} role="status">
            {at !== null && texts.viewer.of(at + 1, total)}
          </span>
          <IconButton
            label={isSliding ? texts.viewer.stopSlideshow : texts.viewer.slideshow}
            icon={isSliding ? <Pause /> : <Play />}
            onClick={() => setSliding(!isSliding)}
          />
          {mayEdit && (
            <IconButton
              label={texts.item.favourite}
              icon={<Heart fill={item?.favourite === true ? 'currentColor' : 'none'} />}
              aria-pressed={item?.favourite === true}
              onClick={toggleFavourite}
            />
          )}
          {item !== null && (
            <IconButton
              label={texts.viewer.download}
              icon={<Download />}
              render={<a href={item.downloadUrl} download />}
            />
          )}
          {mayEdit && <IconButton label={texts.viewer.hide} icon={<Trash2 />} onClick={hide} />}
          <IconButton
            label={texts.viewer.details}
            icon={<Info />}
            aria-pressed={hasDetails}
            onClick={() => setDetails(!hasDetails)}
          />
        </header>
        {at !== null && at > 0 && (
          <IconButton
            className={styles.previous ?? ''}
            label={texts.viewer.previous}
            icon={<ChevronLeft />}
            onClick={() => step(-1)}
          />
        )}
        {at !== null && at < total - 1 && (
          <IconButton
            className={styles.next ?? ''}
            label={texts.viewer.next}
            icon={<ChevronRight />}
            onClick={() => step(1)}
          />
        )}
      </div>
      {hasDetails && item !== null && <Details key={item.id} item={item} />}
    </div>
  );
}

const idleMs = 2_500;

/** Whether nobody has moved a pointer or pressed a key for a while: the controls step back. */
function useIdle(root: React.RefObject<HTMLElement | null>): boolean {
  const [isIdle, setIdle] = useState(false);
  useEffect(() => {
    const element = root.current;
    if (element === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wake = () => {
      clearTimeout(timer);
      setIdle(false);
      timer = setTimeout(() => setIdle(true), idleMs);
    };
    wake();
    const events = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const;
    for (const name of events) element.addEventListener(name, wake);
    return () => {
      clearTimeout(timer);
      for (const name of events) element.removeEventListener(name, wake);
    };
  }, [root]);
  return isIdle;
}
