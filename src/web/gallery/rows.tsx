import { memo, type RefObject } from 'react';
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

/** What is the same for all rows. */
interface Common {
  grid: ListLayout;
  layout: LayoutName;
  /** Whether the item that Tab leads to takes the focus as soon as it is there. */
  takesFocus: RefObject<boolean>;
  isFast: boolean;
  selection: Selection;
  isChoosing: boolean;
  onChoose: (item: number, isRange: boolean) => void;
  onOpen: (id: string) => void;
  onFocus: (item: number) => void;
  onRetry: () => void;
}

interface RowsProps extends Common {
  rows: readonly ListRow[];
  list: MediaList;
  /** Where in the list the scrolled element begins. */
  offset: number;
  /** The number of the item that Tab leads to. */
  focused: number;
  /** How much of a section is chosen. */
  shareOf: (section: number) => 'none' | 'some' | 'all';
  onChooseSection: (section: number) => void;
}

/** What is seen of the list: headings and rows, each at its place. */
export function Rows({ rows, list, offset, focused, shareOf, onChooseSection, ...common }: RowsProps) {
  const { index, store, version } = list;
  return rows.map((row) => {
    const top = row.top - offset;
    if (row.kind === 'heading') {
      const { key = '', count = 0 } = index.sections[row.section] ?? {};
      return (
        <Heading
          key={`heading ${row.section}`}
          style={{ top, height: row.height }}
          name={texts.list.section(key)}
          count={count}
          share={shareOf(row.section)}
          isChoosing={common.isChoosing}
          onChoose={() => onChooseSection(row.section)}
        />
      );
    }
    const { count, first, height, widths } = row;
    return (
      <Row
        key={`row ${first}`}
        {...common}
        store={store}
        version={version}
        first={first}
        count={count}
        top={top}
        height={height}
        widths={widths}
        focused={focused >= first && focused < first + count ? focused : null}
      />
    );
  });
}

interface RowProps extends Common {
  store: MediaList['store'];
  /** Of the store: what it has of the row may have changed with it. */
  version: number;
  /** The number of the first item. */
  first: number;
  count: number;
  /** In the scrolled element. */
  top: number;
  height: number;
  widths: readonly number[] | undefined;
  /** The number of the item that Tab leads to, where it is in this row. */
  focused: number | null;
}

/** While the list runs, rows come and go; those that stay are not drawn anew. */
const Row = memo(function Row(props: RowProps) {
  const { first, grid, height, top } = props;
  return (
    <div
      className={styles.row}
      style={{ top, height, gap: grid.gap }}
      role="row"
      {...(grid.kind === 'grid' && { 'aria-rowindex': Math.floor(first / grid.columns) + 1 })}
    >
      <Cells {...props} />
    </div>
  );
});

function Cells(props: RowProps) {
  const { count, first, focused, grid, height, isChoosing, isFast, layout, selection, store, takesFocus, widths } =
    props;
  const { onChoose, onFocus, onOpen, onRetry } = props;
  if (store.stateAt(first) === 'failed') {
    return (
      <div className={styles.failed} role="gridcell">
        <span>{texts.list.failed}</span>
        <Button onClick={onRetry}>{texts.list.retry}</Button>
      </div>
    );
  }
  const Cell = layout === 'table' ? TableRow : TileView;
  return Array.from({ length: count }, (_, at) => {
    const number = first + at;
    const item = store.itemAt(number);
    return (
      <Cell
        key={number}
        number={number}
        item={item}
        width={widths?.[at] ?? (grid.kind === 'grid' ? grid.tileWidth : height)}
        height={height}
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
