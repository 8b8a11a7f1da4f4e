import type { RefObject } from 'react';
import { texts } from '../words/texts.ts';
import type { ListLayout, ListRow } from '../list/list-layout.ts';
import { isNumberSelected, isSelected, type Selection } from '../list/selection.ts';
import type { LayoutName } from '../list/view.ts';
import { Button } from '../ui/button.tsx';
import { Heading } from './heading.tsx';
import styles from './rows.module.css';
import { TableRow } from './table-row.tsx';
import { TileView } from './tile.tsx';
import type { MediaList } from '../media/use-list.ts';

interface RowsProps {
  rows: readonly ListRow[];
  grid: ListLayout;
  list: MediaList;
  layout: LayoutName;
  /** Where in the list the scrolled element begins. */
  offset: number;
  /** The number of the item that Tab leads to. */
  focused: number;
  /** Whether that item takes the focus as soon as it is there. */
  takesFocus: RefObject<boolean>;
  isFast: boolean;
  selection: Selection;
  isChoosing: boolean;
  /** How much of a section is chosen. */
  shareOf: (section: number) => 'none' | 'some' | 'all';
  onChoose: (item: number, isRange: boolean) => void;
  onChooseSection: (section: number) => void;
  onOpen: (id: string) => void;
  onFocus: (item: number) => void;
  onRetry: () => void;
}

/** What is seen of the list: headings and rows, each at its place. */
export function Rows(props: RowsProps) {
  const { grid, isChoosing, list, offset, rows, shareOf, onChooseSection } = props;
  return rows.map((row) => {
    const style = { top: row.top - offset, height: row.height };
    if (row.kind === 'heading') {
      const { key = '', count = 0 } = list.index.sections[row.section] ?? {};
      return (
        <Heading
          key={`heading ${row.section}`}
          style={style}
          name={texts.list.section(key)}
          count={count}
          share={shareOf(row.section)}
          isChoosing={isChoosing}
          onChoose={() => onChooseSection(row.section)}
        />
      );
    }
    return (
      <div
        key={`row ${row.first}`}
        className={styles.row}
        style={{ ...style, gap: grid.gap }}
        role="row"
        {...(grid.kind === 'grid' && { 'aria-rowindex': Math.floor(row.first / grid.columns) + 1 })}
      >
        <Cells row={row} {...props} />
      </div>
    );
  });
}

function Cells({ row, ...props }: RowsProps & { row: Extract<ListRow, { kind: 'tiles' }> }) {
  const { focused, grid, isChoosing, isFast, layout, list, onChoose, onFocus, onOpen, onRetry, selection, takesFocus } =
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
        width={row.widths?.[at] ?? (grid.kind === 'grid' ? grid.tileWidth : row.height)}
        height={row.height}
        isFast={isFast}
        isChosen={item === undefined ? isNumberSelected(selection, number) : isSelected(selection, item.id, number)}
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
