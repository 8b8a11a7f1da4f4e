import type { MediaSelection } from '../generated/graphql.ts';

/** What every dialog is about. */
export interface BatchProps {
  selection: MediaSelection;
  count: number;
  /** Something has begun: the selection has done its work. */
  onBegin: () => void;
  /** Something was changed: the list is another one. */
  onDone: () => void;
  onClose: () => void;
}
