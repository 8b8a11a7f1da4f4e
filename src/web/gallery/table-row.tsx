import { memo } from 'react';
import { Heart } from 'lucide-react';
import { bytes, day, duration } from '../words/format.ts';
import { texts } from '../words/texts.ts';
import { areAlike, type CellProps } from './cell-props.ts';
import styles from './table-row.module.css';
import { useCell } from './use-cell.ts';
import { useKept } from './use-kept.ts';

/** One item as a line: for music, and for whoever compares names, sizes and places. */
export const TableRow = memo(function TableRow(cell: CellProps) {
  const { item, height, isChosen } = cell;
  const hasPicture = useKept(!cell.isFast && item !== undefined);
  const { ref, props, choose } = useCell(cell);
  return (
    <div
      ref={ref}
      {...props}
      className={styles.line}
      style={{ height }}
      data-chosen={isChosen || undefined}
      aria-selected={isChosen}
    >
      {item !== undefined && (
        <>
          <input
            type="checkbox"
            className={styles.choose}
            tabIndex={-1}
            checked={isChosen}
            readOnly
            aria-label={texts.item.select(item.title)}
            onClick={choose}
          />
          <span className={styles.thumb}>
            {hasPicture && (
              <img
                alt=""
                decoding="async"
                src={item.thumbnailUrl}
                onError={(event) => (event.currentTarget.hidden = true)}
              />
            )}
          </span>
          <span className={styles.title}>
            {item.title}
            {item.favourite && <Heart aria-label={texts.item.favourite} />}
          </span>
          <span className={styles.place}>{item.relativePath}</span>
          <span className={styles.figure}>{day(item.capturedAtLocal)}</span>
          <span className={styles.figure}>{item.rating ? '★'.repeat(item.rating) : ''}</span>
          <span className={styles.figure}>
            {typeof item.durationSeconds === 'number' && duration(item.durationSeconds)}
          </span>
          <span className={styles.figure}>{bytes(item.sizeBytes)}</span>
        </>
      )}
    </div>
  );
}, areAlike);
