import type { MediaSelection } from '../generated/graphql.ts';

/** What every dialog is about. */
export interface BatchProps {
  /** Its parts, of which no item is in two: a dialog is about all of them. */
  selections: readonly MediaSelection[];
  count: number;
  /** Something has begun: the selection has done its work. */
  onBegin: () => void;
  /** Something was changed: the list is another one. */
  onDone: () => void;
  onClose: () => void;
}
