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
