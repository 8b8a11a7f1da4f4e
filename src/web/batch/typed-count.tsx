import { batchTexts } from '../words/batch.ts';
import styles from './batch.module.css';

/** A field for the number of what is going to be lost: nobody types that by mistake. */
export function TypedCount({
  count,
  value,
  onChange,
}: {
  count: number;
  value: string;
  onChange: (text: string) => void;
}) {
  return (
    <label className={styles.field}>
      {batchTexts.typed(count)}
      <input inputMode="numeric" autoComplete="off" value={value} onChange={({ target }) => onChange(target.value)} />
    </label>
  );
}
