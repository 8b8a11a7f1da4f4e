import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { scanTexts } from '../words/scans.ts';
import type { PlanEntry } from './documents.ts';
import type { PlanGroup } from './fold-plan.ts';
import { PlanChange } from './plan-change.tsx';
import styles from './scans.module.css';

const { plan: words } = scanTexts;

/** One change, or changes that happened together: where from and where to, with pictures, and on demand each of them. */
export function PlanGroupView({ group, hasMore }: { group: PlanGroup<PlanEntry>; hasMore: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const [shown, setShown] = useState(step);
  const { entries, folder, fromFolder, isRenamed } = group;
  const [first] = entries;
  if (entries.length === 1 && !hasMore) {
    return (
      <li className={styles.change}>
        <PlanChange entries={entries} from={first.fromPath} to={first.path} />
      </li>
    );
  }
  const count = words.count(entries.length, hasMore);
  const together = isRenamed ? words.renamed(count) : words.together[first.kind](count);
  return (
    <li>
      <div className={styles.change}>
        <PlanChange entries={entries} from={fromFolder} to={folder} note={together} />
        <button
          type="button"
          className={styles.fold}
          aria-expanded={isOpen}
          aria-label={words.show(together)}
          onClick={() => setOpen(!isOpen)}
        >
          <ChevronRight aria-hidden />
        </button>
      </div>
      {isOpen && (
        <ul className={styles.folded}>
          {entries.slice(0, shown).map((entry) => (
            <li key={`${entry.category}/${entry.path}`} className={styles.change}>
              <PlanChange entries={[entry]} from={entry.fromPath} to={entry.path} />
            </li>
          ))}
          {shown < entries.length && (
            <li>
              <Button onClick={() => setShown(shown + step)}>{words.more}</Button>
            </li>
          )}
        </ul>
      )}
    </li>
  );
}

const step = 100;
