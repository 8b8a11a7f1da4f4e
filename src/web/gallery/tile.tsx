import { memo, useEffect, useRef } from 'react';
import { Check, Heart, Music, Play } from 'lucide-react';
import { duration } from '../words/format.ts';
import { texts } from '../words/texts.ts';
import type { CellProps } from './cell-props.ts';
import type { Tile } from '../media/list-documents.ts';
import { placeholderUrl } from '../ui/placeholder.ts';
import styles from './tile.module.css';
import { useCell } from './use-cell.ts';

/** One item in the grid: its picture at once as a blur, then itself. */
export const TileView = memo(function TileView(cell: CellProps) {
  const { item, width, height, isChosen, isChoosing, isFast } = cell;
  const { ref, props, choose } = useCell(cell);
  const placeholder = item?.placeholder;
  const background = typeof placeholder === 'string' ? placeholderUrl(placeholder) : null;
  return (
    <div
      ref={ref}
      {...props}
      className={styles.tile}
      style={{ width, height, ...(background !== null && { backgroundImage: `url("${background}")` }) }}
      data-chosen={isChosen || undefined}
      data-choosing={isChoosing || undefined}
      aria-selected={isChosen}
      aria-label={item === undefined ? undefined : labelOf(item)}
    >
      {item !== undefined && !isFast && <Picture item={item} width={width} />}
      {item !== undefined && <Marks item={item} />}
      {item !== undefined && (
        <button
          type="button"
          className={styles.choose}
          tabIndex={-1}
          aria-label={texts.item.select(item.title)}
          aria-pressed={isChosen}
          onClick={choose}
        >
          <Check aria-hidden />
        </button>
      )}
    </div>
  );
});

/** The picture; where it leaves the list before it came, its request is taken back. */
function Picture({ item, width }: { item: Tile; width: number }) {
  const ref = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const image = ref.current;
    return () => {
      if (image === null || image.complete) return;
      image.removeAttribute('srcset');
      image.removeAttribute('src');
    };
  }, []);
  return (
    <img
      ref={ref}
      className={styles.picture}
      alt=""
      decoding="async"
      draggable={false}
      fetchPriority="low"
      sizes={`${Math.ceil(width)}px`}
      srcSet={`${item.thumbnailUrl} 320w, ${item.mediumUrl} 640w`}
      src={item.thumbnailUrl}
      onError={(event) => (event.currentTarget.dataset.failed = '')}
    />
  );
}

function Marks({ item }: { item: Tile }) {
  const { durationSeconds, favourite, mediaType, status, title } = item;
  return (
    <>
      {favourite && <Heart className={styles.heart} aria-hidden />}
      {mediaType !== 'IMAGE' && (
        <span className={styles.kind} aria-hidden>
          {mediaType === 'VIDEO' ? <Play /> : <Music />}
          {typeof durationSeconds === 'number' && duration(durationSeconds)}
        </span>
      )}
      {mediaType !== 'IMAGE' && <span className={styles.title}>{title}</span>}
      {status !== 'AVAILABLE' && <span className={styles.gone} aria-hidden />}
    </>
  );
}

function labelOf({ durationSeconds, favourite, status, title }: Tile): string {
  const parts = [
    title,
    typeof durationSeconds === 'number' ? duration(durationSeconds) : '',
    favourite ? texts.item.favourite : '',
    status === 'MISSING' ? texts.item.missing : status === 'DELETED' ? texts.item.deleted : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}
