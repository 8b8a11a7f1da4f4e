import type { RefObject } from 'react';
import { texts } from '../words/texts.ts';
import type { GridLayout, GridRow } from '../list/grid-layout.ts';
import type { LayoutName } from '../list/view.ts';
import { Button } from '../ui/button.tsx';
import styles from './rows.module.css';
import { TableRow } from './table-row.tsx';
import { TileView } from './tile.tsx';
import type { MediaList } from '../media/use-list.ts';

interface RowsProps {
  rows: readonly GridRow[];
  grid: GridLayout;
  list: MediaList;
  layout: LayoutName;
  /** Where in the list the scrolled element begins. */
  offset: number;
  /** The number of the item that Tab leads to. */
  focused: number;
  /** Whether that item takes the focus as soon as it is there. */
  takesFocus: RefObject<boolean>;
  isFast: boolean;
  isChosen: (id: string) => boolean;
  isChoosing: boolean;
  onChoose: (item: number, isRange: boolean) => void;
  onOpen: (id: string) => void;
  onFocus: (item: number) => void;
  onRetry: () => void;
}

/** What is seen of the list: headings and rows, each at its place. */
export function Rows(props: RowsProps) {
  const { grid, list, offset, rows } = props;
  return rows.map((row) => {
    const style = { top: row.top - offset, height: row.height };
    if (row.kind === 'heading') {
      const { key = '', count = 0 } = list.index.sections[row.section] ?? {};
      return (
        <div key={`heading ${row.section}`} className={styles.heading} style={style} role="row">
          <h2 role="rowheader">{texts.list.section(key)}</h2>
          <span className={styles.count}>{texts.list.count(count)}</span>
        </div>
      );
    }
    return (
      <div
        key={`row ${row.first}`}
        className={styles.row}
        style={{ ...style, gap: grid.gap }}
        role="row"
        aria-rowindex={Math.floor(row.first / grid.columns) + 1}
      >
        <Cells row={row} {...props} />
      </div>
    );
  });
}

function Cells({ row, ...props }: RowsProps & { row: Extract<GridRow, { kind: 'tiles' }> }) {
  const { focused, grid, isChoosing, isChosen, isFast, layout, list, onChoose, onFocus, onOpen, onRetry, takesFocus } =
    props;
  if (list.store.stateAt(row.first) === 'failed') {
    return (
      <div className={styles.failed} role="gridcell">
        <span>{texts.list.failed}</span>
        <Button onClick={onRetry}>{texts.list.retry}</Button>
      </div>
    );
  }
  const Cell = layout === 'table' ? TableRow : TileView;
  return Array.from({ length: row.count }, (_, at) => {
    const number = row.first + at;
    const item = list.store.itemAt(number);
    return (
      <Cell
        key={number}
        number={number}
        item={item}
        width={grid.tileWidth}
        height={grid.tileHeight}
        isFast={isFast}
        isChosen={item !== undefined && isChosen(item.id)}
        isChoosing={isChoosing}
        isFocusable={number === focused}
        takesFocus={takesFocus}
        onChoose={onChoose}
        onOpen={onOpen}
        onFocus={onFocus}
      />
    );
  });
}
