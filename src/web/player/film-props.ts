import type { Item } from '../media/item-documents.ts';
import type { Tile } from '../media/list-documents.ts';

export interface FilmProps {
  tile: Tile;
  /** With its tracks, subtitles and neighbours; null while they are not known. */
  item: Item | null;
  /** Whether it begins by itself. */
  isPlaying: boolean;
  /** Whether something else decides what comes after it, as a slideshow does. */
  isPartOfShow: boolean;
  /** Leads to another film of the series, which begins at once. */
  onGoTo: (id: string) => void;
  /** Is called where a part of a show is over, or cannot be shown. */
  onEnd: () => void;
}
