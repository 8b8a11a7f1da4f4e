import { useMayEdit } from '../api/use-viewer.ts';
import type { Item } from '../media/item-documents.ts';
import { texts } from '../words/texts.ts';
import { CategoryField } from './category-field.tsx';
import styles from './details.module.css';
import { factsOf } from './facts.ts';
import { LongText } from './long-text.tsx';
import { Rating } from './rating.tsx';
import { Tags } from './tags.tsx';
import { TextField } from './text-field.tsx';

/** What is known of an item, and what a person says of it, which can be changed here. */
export function Details({ item }: { item: Item }) {
  const isFixed = !useMayEdit();
  return (
    <aside className={styles.details} aria-label={texts.viewer.details}>
      <TextField item={item} name="title" isFixed={isFixed} />
      <TextField item={item} name="description" isFixed={isFixed} isLong />
      <Rating item={item} isFixed={isFixed} />
      <Tags item={item} isFixed={isFixed} />
      {!isFixed && <CategoryField item={item} />}
      <dl className={styles.facts}>
        {factsOf(item).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <LongText text={value} />
            </dd>
          </div>
        ))}
      </dl>
    </aside>
  );
}
