import { useState } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { useCategories } from '../api/use-categories.ts';
import { updateMany } from '../media/bulk.ts';
import { say } from '../ui/say.ts';
import { batchTexts } from '../words/batch.ts';
import { BatchDialog } from './batch-dialog.tsx';
import type { BatchProps } from './batch-props.ts';
import styles from './batch.module.css';

/** Shows items under another category. */
export function CategoryDialog({ selections, count, onBegin, onDone, onClose }: BatchProps) {
  const { categories } = useCategories();
  const [key, setKey] = useState('');
  const { move } = batchTexts;
  const run = () => {
    onClose();
    onBegin();
    updateMany(selections, { category: key || null }, onDone).then(onDone, (error: unknown) =>
      say(describeFailure(error)),
    );
  };
  return (
    <BatchDialog title={move.title} lead={move.lead} onClose={onClose} submit={{ label: move.submit(count), run }}>
      <label className={styles.field}>
        {move.label}
        <select value={key} onChange={({ target }) => setKey(target.value)}>
          <option value="">{move.ofRoot}</option>
          {categories.map((category) => (
            <option key={category.key} value={category.key}>
              {category.label}
            </option>
          ))}
        </select>
      </label>
    </BatchDialog>
  );
}
