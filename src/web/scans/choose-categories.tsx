import { scanTexts } from '../words/scans.ts';
import type { ScanTimesQuery } from '../generated/graphql.ts';
import styles from './scans.module.css';

const { start: words } = scanTexts;

interface ChooseCategoriesProps {
  categories: ScanTimesQuery['categories'];
  /** Keys; none: all. */
  chosen: readonly string[];
  /** Places are given instead. */
  isOff: boolean;
  onChange: (chosen: string[]) => void;
}

/** The categories, each with when it was scanned last, or why it cannot be. */
export function ChooseCategories({ categories, chosen, isOff, onChange }: ChooseCategoriesProps) {
  return (
    <fieldset className={styles.group} disabled={isOff}>
      <legend className={styles.section}>{words.categories}</legend>
      <p className={styles.hint}>{words.allHint}</p>
      {categories.map(({ key, label, lastScannedAt, offlineReason, state }) => (
        <label key={key} className={styles.check}>
          <input
            type="checkbox"
            checked={chosen.includes(key)}
            onChange={({ target }) =>
              onChange(target.checked ? [...chosen, key] : chosen.filter((each) => each !== key))
            }
          />
          <span>
            {label}{' '}
            {state === 'OFFLINE' ? (
              <span className={styles.warning}>{words.offline(offlineReason ?? null)}</span>
            ) : (
              <span className={styles.hint}>
                {typeof lastScannedAt === 'string' ? words.scanned(lastScannedAt) : words.never}
              </span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
