import { memo, useEffect, useRef, type CSSProperties } from 'react';
import { Check, Heart, Music, Play } from 'lucide-react';
import { duration } from '../words/format.ts';
import { texts } from '../words/texts.ts';
import { areAlike, type CellProps } from './cell-props.ts';
import type { Tile } from '../media/list-documents.ts';
import { placeholderColour, placeholderUrl } from '../ui/placeholder.ts';
import styles from './tile.module.css';
import { useCell } from './use-cell.ts';
import { useKept } from './use-kept.ts';

/** One item in the grid: its picture at once as a blur, then itself. */
export const TileView = memo(function TileView(cell: CellProps) {
  const { item, width, height, isChosen, isChoosing } = cell;
  const { ref, props, choose } = useCell(cell);
  const hasPicture = useKept(!cell.isFast && item !== undefined);
  return (
    <div
      ref={ref}
      {...props}
      className={styles.tile}
      style={{ width, height, ...backgroundOf(item, hasPicture) }}
      data-chosen={isChosen || undefined}
      data-choosing={isChoosing || undefined}
      aria-selected={isChosen}
      aria-label={item === undefined ? undefined : labelOf(item)}
    >
      {item !== undefined && hasPicture && <Picture item={item} width={width} />}
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
}, areAlike);

/** What passes quickly has the one colour of its picture; the blurred one is drawn for who can see it. */
function backgroundOf(item: Tile | undefined, hasPicture: boolean): CSSProperties {
  const hash = item?.placeholder;
  if (typeof hash !== 'string') return {};
  const colour = placeholderColour(hash);
  const url = hasPicture ? placeholderUrl(hash) : null;
  return {
    ...(colour !== null && { backgroundColor: colour }),
    ...(url !== null && { backgroundImage: `url("${url}")` }),
  };
}

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
      // Nothing is painted below a picture that is there.
      onLoad={({ currentTarget }) => currentTarget.parentElement?.setAttribute('data-drawn', '')}
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
