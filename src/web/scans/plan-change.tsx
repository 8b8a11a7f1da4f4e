import { ArrowRight } from 'lucide-react';
import { useCategories } from '../api/use-categories.ts';
import { placeholderUrl } from '../ui/placeholder.ts';
import { scanTexts } from '../words/scans.ts';
import type { PlanEntry } from './documents.ts';
import styles from './scans.module.css';

const { plan: words } = scanTexts;

interface PlanChangeProps {
  /** One change, or several that happened together. */
  entries: readonly [PlanEntry, ...PlanEntry[]];
  /** Of a move: the file, or the folder of the files, as it was. */
  from: string | null | undefined;
  /** The file, or the folder of the files. */
  to: string;
  note?: string;
}

/** What is changed: its pictures and its path; of a move both as they were, and as they would be. */
export function PlanChange({ entries, from, note, to }: PlanChangeProps) {
  const { categories } = useCategories();
  const [{ category, fromCategory }] = entries;
  const labelOf = (key: string) => categories.find((each) => each.key === key)?.label ?? key;
  const isAcross = typeof fromCategory === 'string' && fromCategory !== category;
  const nameOf = (key: string, path: string) => (isAcross ? `${labelOf(key)}/${path}` : path || words.top);
  const hint = [note, !isAcross && labelOf(category), sizeOf(entries)].filter(Boolean).join(' · ');
  return (
    <div className={styles.what}>
      <div className={styles.sides}>
        {typeof from === 'string' && (
          <>
            <Side entries={entries} path={nameOf(fromCategory ?? category, from)} isOld />
            <ArrowRight className={styles.arrow} aria-label={words.to} />
          </>
        )}
        <Side entries={entries} path={nameOf(category, to)} />
      </div>
      <p className={styles.hint}>{hint}</p>
    </div>
  );
}

function Side({ entries, path, isOld = false }: { entries: readonly PlanEntry[]; path: string; isOld?: boolean }) {
  return (
    <div className={styles.side} data-old={isOld || undefined}>
      <Pictures entries={entries} />
      <p className={styles.path}>{path}</p>
    </div>
  );
}

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

function sizeOf(entries: readonly PlanEntry[]): string | false {
  const size = entries.reduce((all, { sizeBytes }) => all + (sizeBytes ?? 0), 0);
  return size > 0 && words.size(size);
}
