import { useCategories } from '../api/use-categories.ts';
import type { Item } from '../media/item-documents.ts';
import { updateItem } from '../media/update-item.ts';
import { texts } from '../words/texts.ts';
import styles from './details.module.css';
import { SavingNote } from './saving-note.tsx';
import { useSaving } from './use-saving.ts';

/** The category that an item is shown under; its file stays where it is. Only those that hold its kind are offered. */
export function CategoryField({ item }: { item: Item }) {
  const { categories } = useCategories();
  const { saving, run, retry } = useSaving();
  const own = categories.find(({ key }) => key === item.category.key);
  const possible = categories.filter(
    ({ mediaType, storageFormat }) => mediaType === own?.mediaType && storageFormat === own.storageFormat,
  );
  if (possible.length < 2) return null;
  return (
    <div className={styles.field}>
      <label>
        <span>{texts.details.category}</span>
        <select
          value={item.category.key}
          disabled={saving.kind === 'busy'}
          onChange={({ target: { value } }) => run(() => updateItem(item.id, { category: value }))}
        >
          {possible.map(({ key, label }) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <SavingNote saving={saving} onRetry={retry} />
    </div>
  );
}
