import type { RefObject } from 'react';
import type { Tile } from '../media/list-documents.ts';

/** What every layout shows of one place in the list, whether its item is loaded or not. */
export interface CellProps {
  number: number;
  item: Tile | undefined;
  width: number;
  height: number;
  isFast: boolean;
  isChosen: boolean;
  /** Whether something is chosen, so that a click chooses too. */
  isChoosing: boolean;
  isFocusable: boolean;
  takesFocus: RefObject<boolean>;
  onChoose: (item: number, isRange: boolean) => void;
  onOpen: (id: string) => void;
  onFocus: (item: number) => void;
}

/** Whether a cell need not be drawn anew. One that is there stays as it is where the list only runs quickly from now on. */
export function areAlike(before: CellProps, now: CellProps): boolean {
  return (Object.keys(now) as (keyof CellProps)[]).every(
    (name) => Object.is(before[name], now[name]) || (name === 'isFast' && now.isFast),
  );
}
