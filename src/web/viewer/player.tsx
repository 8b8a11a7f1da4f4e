import { useEffect, useState } from 'react';
import type { Item } from '../media/item-documents.ts';
import type { Tile } from '../media/list-documents.ts';
import type { MediaList } from '../media/use-list.ts';
import { choose, forgetChosen, isChosen } from '../player/chosen.ts';
import { Film } from '../player/film.tsx';
import { queueOf, queueOfList } from '../player/queue.ts';
import { Song } from '../player/song.tsx';
import type { Slideshow } from './use-slideshow.ts';

interface PlayerProps {
  tile: Tile;
  item: Item | null;
  list: MediaList | null;
  slideshow: Slideshow;
  onGoTo: (id: string) => void;
}

/** A film or a track in the viewer. */
export function Player({ tile, item, list, slideshow, onGoTo }: PlayerProps) {
  // Whether it begins is decided when it comes.
  const [begins] = useState(() => isChosen(tile.id));
  useEffect(() => forgetChosen(tile.id), [tile.id]);
  if (tile.mediaType === 'VIDEO') {
    return (
      <Film
        tile={tile}
        item={item}
        isPlaying={begins || slideshow.isOn}
        isPartOfShow={slideshow.isOn}
        onEnd={slideshow.goOn}
        onGoTo={(id) => {
          choose(id);
          onGoTo(id);
        }}
      />
    );
  }
  const at = list?.store.find(tile.id);
  const queue = () =>
    list === null || at === undefined
      ? { queue: queueOf([tile]), at: 0 }
      : { queue: queueOfList(list.index, list.pages), at };
  return <Song tile={tile} queue={queue} />;
}
