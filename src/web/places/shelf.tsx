import { Link, type LinkProps } from '@tanstack/react-router';
import { number } from '../words/format.ts';
import { texts } from '../words/texts.ts';
import { Button } from '../ui/button.tsx';
import { Cover, type CoverPicture } from './cover.tsx';
import styles from './shelf.module.css';

interface Card {
  key: string;
  title: string;
  itemCount: number;
  cover: CoverPicture | undefined;
  link: LinkProps;
}

interface ShelfProps {
  label: string;
  cards: readonly Card[];
  more: (() => void) | null;
}

/** Folders, series, seasons or albums, each with a picture that stands for it. */
export function Shelf({ label, cards, more }: ShelfProps) {
  if (cards.length === 0) return null;
  return (
    <ul className={styles.shelf} aria-label={label}>
      {cards.map((card) => (
        <li key={card.key}>
          <Link {...card.link} className={styles.card}>
            <span className={styles.cover}>
              <Cover cover={card.cover} />
            </span>
            <span className={styles.title}>{card.title}</span>
            <span className={styles.count}>{number(card.itemCount)}</span>
          </Link>
        </li>
      ))}
      {more !== null && (
        <li>
          <Button onClick={more}>{texts.places.more}</Button>
        </li>
      )}
    </ul>
  );
}
