import type { Item } from '../media/item-documents.ts';
import { updateItem } from '../media/update-item.ts';
import { texts } from '../words/texts.ts';
import styles from './details.module.css';
import { SavingNote } from './saving-note.tsx';
import { useSaving } from './use-saving.ts';

/** One to five stars; a second click on the last one takes them away. */
export function Rating({ item, isFixed }: { item: Item; isFixed: boolean }) {
  const value = item.rating ?? 0;
  const { saving, run, retry } = useSaving();
  if (isFixed && value === 0) return null;
  return (
    <div className={styles.field}>
      <div className={styles.stars} role="group" aria-label={texts.details.rating}>
        {[1, 2, 3, 4, 5].map((stars) => (
          <button
            key={stars}
            type="button"
            disabled={isFixed}
            aria-label={texts.details.rate(stars)}
            aria-pressed={value === stars}
            onClick={() => run(() => updateItem(item.id, { rating: value === stars ? null : stars }))}
          >
            {stars <= value ? '★' : '☆'}
          </button>
        ))}
      </div>
      <SavingNote saving={saving} onRetry={retry} />
    </div>
  );
}
