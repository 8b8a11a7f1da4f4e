import { Link, type LinkProps } from '@tanstack/react-router';
import { number } from '../words/format.ts';
import { texts } from '../words/texts.ts';
import { Button } from '../ui/button.tsx';
import { placeholderUrl } from '../ui/placeholder.ts';
import styles from './shelf.module.css';

interface Card {
  key: string;
  title: string;
  itemCount: number;
  cover: { mediumUrl: string; placeholder?: string | null } | undefined;
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
            <Cover cover={card.cover} />
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

function Cover({ cover }: Pick<Card, 'cover'>) {
  const background = typeof cover?.placeholder === 'string' ? placeholderUrl(cover.placeholder) : null;
  return (
    <span
      className={styles.cover}
      style={background === null ? undefined : { backgroundImage: `url("${background}")` }}
    >
      {cover !== undefined && (
        <img
          alt=""
          loading="lazy"
          decoding="async"
          src={cover.mediumUrl}
          onError={(event) => (event.currentTarget.hidden = true)}
        />
      )}
    </span>
  );
}
