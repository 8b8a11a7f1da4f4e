import { Link } from '@tanstack/react-router';
import { Heart } from 'lucide-react';
import { readFragment } from '../generated/fragment-masking.ts';
import type { DuplicateItemFragment, DuplicatesQuery } from '../generated/graphql.ts';
import { Button } from '../ui/button.tsx';
import { moment } from '../words/format.ts';
import { duplicateTexts } from '../words/duplicates.ts';
import { DuplicateItem } from './documents.ts';
import styles from './duplicates.module.css';

interface DuplicateGroupProps {
  group: DuplicatesQuery['duplicateGroups']['edges'][number]['node'];
  onKeep: (id: string) => void;
  /** Null where it is left already. */
  onIgnore: (() => void) | null;
}

/** The same bytes in several places, side by side: one is kept, or all are left. */
export function DuplicateGroup({ group, onKeep, onIgnore }: DuplicateGroupProps) {
  const { count, sizeBytes, wastedBytes } = group;
  const items = group.items.map((item) => readFragment(DuplicateItem, item));
  const heading = duplicateTexts.group(count, sizeBytes);
  return (
    <section className={styles.group} aria-label={`${items[0]?.title ?? ''}: ${heading}`}>
      <div className={styles.head}>
        <h2 className={styles.name}>{heading}</h2>
        <span className={styles.quiet}>{duplicateTexts.wasted(wastedBytes)}</span>
        {onIgnore !== null && (
          <Button kind="quiet" onClick={onIgnore}>
            {duplicateTexts.ignore}
          </Button>
        )}
      </div>
      <ul className={styles.items}>
        {items.map((item) => (
          <Copy key={item.id} item={item} others={count - 1} onKeep={() => onKeep(item.id)} />
        ))}
        {count > items.length && <li className={styles.quiet}>{duplicateTexts.moreCopies(count - items.length)}</li>}
      </ul>
    </section>
  );
}

function Copy({ item, others, onKeep }: { item: DuplicateItemFragment; others: number; onKeep: () => void }) {
  const { facts } = duplicateTexts;
  const {
    category,
    createdAt,
    favourite,
    id,
    modifiedAt,
    rating,
    relativePath,
    tags,
    thumbnailUrl,
    title,
    uploadedBy,
  } = item;
  return (
    <li className={styles.copy}>
      <Link to="/item/$id" params={{ id }} className={styles.picture} aria-label={duplicateTexts.open(title)}>
        <img src={thumbnailUrl} alt="" loading="lazy" decoding="async" />
      </Link>
      <p className={styles.name}>
        {title} {favourite && <Heart className={styles.heart} aria-hidden />}{' '}
        {typeof rating === 'number' && <span className={styles.quiet}>{duplicateTexts.rating(rating)}</span>}
      </p>
      <dl className={styles.facts}>
        <dt>{facts.path}</dt>
        <dd>{`${category.label} / ${relativePath}`}</dd>
        <dt>{facts.added}</dt>
        <dd>{moment(createdAt)}</dd>
        <dt>{facts.changed}</dt>
        <dd>{moment(modifiedAt)}</dd>
        {typeof uploadedBy === 'string' && (
          <>
            <dt>{facts.by}</dt>
            <dd>{uploadedBy}</dd>
          </>
        )}
      </dl>
      {tags.length > 0 && <p className={styles.quiet}>{tags.join(', ')}</p>}
      <Button onClick={onKeep} title={duplicateTexts.kept(others)}>
        {duplicateTexts.keep}
      </Button>
    </li>
  );
}
