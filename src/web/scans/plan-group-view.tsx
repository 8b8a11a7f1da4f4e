import { ArrowRight, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useCategories } from '../api/use-categories.ts';
import { Button } from '../ui/button.tsx';
import { placeholderUrl } from '../ui/placeholder.ts';
import { scanTexts } from '../words/scans.ts';
import type { PlanEntry } from './documents.ts';
import type { PlanGroup } from './fold-plan.ts';
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
        <Pictures entries={entries} />
        <Paths category={first.category} fromCategory={first.fromCategory} from={first.fromPath} to={first.path} />
        <Size entries={entries} />
      </li>
    );
  }
  const count = words.count(entries.length, hasMore);
  const together = isRenamed ? words.renamed(count) : words.together[first.kind](count);
  return (
    <li>
      <div className={styles.change}>
        <Pictures entries={entries} />
        <Paths
          category={first.category}
          fromCategory={first.fromCategory}
          from={fromFolder}
          to={folder}
          note={together}
        />
        <Size entries={entries} />
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
              <Pictures entries={[entry]} />
              <Paths
                category={entry.category}
                fromCategory={entry.fromCategory}
                from={entry.fromPath}
                to={entry.path}
              />
              <Size entries={[entry]} />
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

/** The pictures of the first of them; a file that is not catalogued has none yet. */
function Pictures({ entries }: { entries: readonly PlanEntry[] }) {
  const pictured = entries.filter(({ item }) => item).slice(0, 3);
  if (pictured.length === 0) return null;
  return (
    <span className={styles.pictures}>
      {pictured.map(({ item, path }) => {
        const background = typeof item?.placeholder === 'string' ? placeholderUrl(item.placeholder) : null;
        return (
          <span
            key={path}
            className={styles.picture}
            style={background === null ? undefined : { backgroundImage: `url("${background}")` }}
          >
            <img
              alt=""
              loading="lazy"
              src={item?.thumbnailUrl}
              onError={({ currentTarget }) => (currentTarget.hidden = true)}
            />
          </span>
        );
      })}
    </span>
  );
}

interface PathsProps {
  category: string;
  fromCategory: string | null | undefined;
  /** Of a move. */
  from: string | null | undefined;
  to: string;
  note?: string;
}

function Paths({ category, from, fromCategory, note, to }: PathsProps) {
  const { categories } = useCategories();
  const labelOf = (key: string) => categories.find((each) => each.key === key)?.label ?? key;
  const isAcross = typeof fromCategory === 'string' && fromCategory !== category;
  return (
    <div className={styles.paths}>
      <p>
        {typeof from === 'string' && (
          <>
            <span className={styles.old}>{isAcross ? `${labelOf(fromCategory)}/${from}` : from || words.top}</span>
            <ArrowRight className={styles.arrow} aria-label={words.to} />
          </>
        )}
        <span>{isAcross ? `${labelOf(category)}/${to}` : to || words.top}</span>
      </p>
      <p className={styles.hint}>{[note, !isAcross && labelOf(category)].filter(Boolean).join(' · ')}</p>
    </div>
  );
}

function Size({ entries }: { entries: readonly PlanEntry[] }) {
  const size = entries.reduce((all, { sizeBytes }) => all + (sizeBytes ?? 0), 0);
  return size > 0 ? <span className={styles.hint}>{words.size(size)}</span> : null;
}
