import { useEffect, useRef, useState } from 'react';
import type { MediaList } from '../media/use-list.ts';
import { texts } from '../words/texts.ts';
import { placeholderUrl } from '../ui/placeholder.ts';
import { useSize } from '../ui/use-size.ts';
import styles from './filmstrip.module.css';

interface FilmstripProps {
  list: MediaList;
  at: number;
  onGoTo: (at: number) => void;
}

/** As wide as a picture in it with its gap, in pixels. */
const step = 68;

/** The neighbours of an item in a thin row that follows it, and can be moved along without leaving the item. However long the list is, only those that are seen are there. */
export function Filmstrip({ list, at, onGoTo }: FilmstripProps) {
  const root = useRef<HTMLDivElement>(null);
  const { width } = useSize(root);
  const [moved, setMoved] = useState({ from: at, by: 0 });
  const centre = moved.from === at ? Math.min(list.index.total - 1, Math.max(0, at + moved.by / step)) : at;
  const around = Math.ceil(width / step / 2) + 1;
  const first = Math.max(0, Math.floor(centre) - around);
  const end = Math.min(list.index.total, Math.ceil(centre) + around + 1);
  useEffect(() => {
    // A block that the item itself lies in is kept, too.
    if (width > 0) list.store.want(Math.min(first, at), Math.max(end, at + 1));
  }, [list.store, first, end, at, width]);
  const move = (by: number) => setMoved((before) => ({ from: at, by: (before.from === at ? before.by : 0) + by }));
  const dragged = useRef<{ x: number; hasMoved: boolean } | null>(null);
  return (
    <div
      ref={root}
      className={styles.strip}
      role="group"
      aria-label={texts.viewer.filmstrip}
      onWheel={({ deltaX, deltaY }) => move(Math.abs(deltaX) > Math.abs(deltaY) ? deltaX : deltaY)}
      onPointerDown={({ clientX }) => (dragged.current = { x: clientX, hasMoved: false })}
      onPointerMove={({ buttons, clientX }) => {
        const drag = dragged.current;
        if (drag === null || buttons === 0 || (!drag.hasMoved && Math.abs(clientX - drag.x) < 6)) return;
        move(drag.x - clientX);
        dragged.current = { x: clientX, hasMoved: true };
      }}
      onClickCapture={(event) => {
        if (dragged.current?.hasMoved === true) event.stopPropagation();
      }}
    >
      {Array.from({ length: Math.max(0, end - first) }, (_, offset) => {
        const number = first + offset;
        return (
          <Thumb
            key={number}
            list={list}
            number={number}
            isCurrent={number === at}
            left={width / 2 + (number - centre) * step - step / 2}
            onOpen={() => onGoTo(number)}
          />
        );
      })}
    </div>
  );
}

interface ThumbProps {
  list: MediaList;
  number: number;
  isCurrent: boolean;
  /** Pixels from the left end of the row. */
  left: number;
  onOpen: () => void;
}

function Thumb({ list, number, isCurrent, left, onOpen }: ThumbProps) {
  const item = list.store.itemAt(number);
  const background = typeof item?.placeholder === 'string' ? placeholderUrl(item.placeholder) : null;
  return (
    <button
      type="button"
      className={styles.thumb}
      // The arrows walk along the list already.
      tabIndex={-1}
      aria-label={item?.title ?? texts.viewer.of(number + 1, list.index.total)}
      aria-current={isCurrent || undefined}
      style={{
        transform: `translateX(${left}px)`,
        ...(background !== null && { backgroundImage: `url("${background}")` }),
      }}
      onClick={onOpen}
    >
      {item !== undefined && (
        <img
          key={item.id}
          src={item.thumbnailUrl}
          alt=""
          draggable={false}
          decoding="async"
          fetchPriority="low"
          onError={(event) => (event.currentTarget.hidden = true)}
        />
      )}
    </button>
  );
}
