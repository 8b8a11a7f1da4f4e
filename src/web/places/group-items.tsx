import { Play, Shuffle } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { GroupQuery } from '../generated/graphql.ts';
import { choose } from '../player/chosen.ts';
import { playQueue } from '../player/music.ts';
import { progressOf } from '../player/positions.ts';
import { queueOf, queueOfList } from '../player/queue.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { say } from '../ui/say.ts';
import { duration } from '../words/format.ts';
import { items } from '../words/items.ts';
import { groupTexts } from '../words/groups.ts';
import { texts } from '../words/texts.ts';
import { Cover } from './cover.tsx';
import styles from './group-items.module.css';
import { PartRow } from './part-row.tsx';
import { shuffle } from './shuffle.ts';
import type { GroupList, Part } from './use-group-list.ts';

interface GroupItemsProps {
  group: NonNullable<GroupQuery['group']>;
  list: GroupList;
  isMusic: boolean;
  onOpen: (id: string) => void;
}

/** How many rows come at once. */
const batch = 100;

/** A season with its episodes and what was seen of each, or an album with its tracks, which play as a whole. */
export function GroupItems({ group, list, isMusic, onOpen }: GroupItemsProps) {
  const { store } = list;
  const { total } = list.index;
  const [shown, setShown] = useState(batch);
  const end = Math.min(total, shown);
  useEffect(() => store.want(0, end), [store, end]);
  const parts = Array.from({ length: end }, (_, at) => store.itemAt(at));
  const hasFailed = Array.from({ length: Math.ceil(end / batch) }, (_, at) => store.stateAt(at * batch)).includes(
    'failed',
  );
  const next = parts.find((part) => part !== undefined && progressOf(part.id, part.durationSeconds) < 1) ?? parts[0];
  const playFrom = (at: number) =>
    playQueue(queueOfList(list.index, list.pages), at).catch(() => say(texts.music.unread));
  const watch = (id: string) => {
    choose(id);
    onOpen(id);
  };
  const playShuffled = () => {
    const known = parts.filter((part): part is Part => part !== undefined);
    void playQueue(queueOf(shuffle(known, Math.random)), 0);
  };
  return (
    <div className={styles.group}>
      <div className={styles.head}>
        <div className={isMusic ? styles.square : styles.wide}>
          <Cover cover={group.covers[0]} />
        </div>
        <div className={styles.words}>
          <h1 className={styles.title}>{group.title}</h1>
          <p className={styles.note}>{noteOf(group, isMusic)}</p>
          <div className={styles.ways}>
            {isMusic && (
              <Button kind="primary" onClick={() => void playFrom(0)}>
                <Play aria-hidden /> {texts.film.play}
              </Button>
            )}
            {isMusic && (
              <Button onClick={playShuffled}>
                <Shuffle aria-hidden /> {groupTexts.shuffle}
              </Button>
            )}
            {!isMusic && next !== undefined && (
              <Button kind="primary" onClick={() => watch(next.id)}>
                <Play aria-hidden /> {groupTexts.goOnWith(next.title)}
              </Button>
            )}
          </div>
        </div>
      </div>
      {hasFailed && (
        <Notice text={texts.failure.unreachable}>
          <Button onClick={() => store.retry()}>{texts.list.retry}</Button>
        </Notice>
      )}
      <ol className={styles.parts} aria-label={isMusic ? groupTexts.tracks : groupTexts.episodes}>
        {parts.map((part, at) => (
          <PartRow
            key={part?.id ?? at}
            part={part}
            at={at}
            isMusic={isMusic}
            onOpen={() => part !== undefined && (isMusic ? void playFrom(at) : watch(part.id))}
            onDetails={() => part !== undefined && onOpen(part.id)}
          />
        ))}
      </ol>
      {end < total && (
        <Button className={styles.more ?? ''} onClick={() => setShown(shown + batch)}>
          {texts.places.more}
        </Button>
      )}
    </div>
  );
}

function noteOf({ durationSeconds, itemCount }: GroupItemsProps['group'], isMusic: boolean): string {
  const count = items(itemCount, isMusic ? 'track' : 'episode');
  return durationSeconds > 0 ? `${count} · ${duration(durationSeconds)}` : count;
}
