import { Info, Play, Volume2 } from 'lucide-react';
import { progressOf } from '../player/positions.ts';
import { useNowPlaying } from '../player/now-playing.ts';
import { IconButton } from '../ui/button.tsx';
import { duration, number } from '../words/format.ts';
import { groupTexts } from '../words/groups.ts';
import { Cover } from './cover.tsx';
import styles from './group-items.module.css';
import type { Part } from './use-group-list.ts';

interface PartRowProps {
  /** Undefined while it is not loaded. */
  part: Part | undefined;
  /** Its place in the group, from 0 on. */
  at: number;
  isMusic: boolean;
  onOpen: () => void;
  onDetails: () => void;
}

/** A track or an episode: its number, its name, how much of it was seen, and how long it is. */
export function PartRow({ part, at, isMusic, onOpen, onDetails }: PartRowProps) {
  const isNow = useNowPlaying()?.tile.id === part?.id && part !== undefined;
  const seen = part === undefined || isMusic ? 0 : progressOf(part.id, part.durationSeconds);
  return (
    <li className={styles.part} data-now={isNow || undefined}>
      <button type="button" className={styles.open} onClick={onOpen} disabled={part === undefined}>
        <span className={styles.number}>
          {isNow ? <Volume2 aria-label={groupTexts.playsNow} /> : number(numberOf(part) ?? at + 1)}
        </span>
        {!isMusic && (
          <span className={styles.still}>
            {part !== undefined && <Cover cover={part} />}
            <Play aria-hidden />
            {seen > 0 && <span className={styles.seen} style={{ width: `${seen * 100}%` }} />}
          </span>
        )}
        <span className={styles.name}>
          {part?.title}
          {seen > 0 && (
            <span className={styles.note}>
              {seen >= 1 ? groupTexts.seen : groupTexts.seenPart(Math.floor(seen * 100))}
            </span>
          )}
        </span>
        <span className={styles.note}>
          {typeof part?.durationSeconds === 'number' && duration(part.durationSeconds)}
        </span>
      </button>
      {isMusic && part !== undefined && (
        <IconButton label={groupTexts.detailsOf(part.title)} icon={<Info />} onClick={onDetails} />
      )}
    </li>
  );
}

function numberOf(part: Part | undefined): number | null {
  return part?.episodeNumber ?? part?.trackNumber ?? null;
}
