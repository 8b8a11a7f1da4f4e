import { Link } from '@tanstack/react-router';
import { CirclePause, Unplug } from 'lucide-react';
import { useCategories } from '../api/use-categories.ts';
import { useIsAdmin } from '../api/use-viewer.ts';
import { Button } from '../ui/button.tsx';
import { scanTexts } from '../words/scans.ts';
import type { CategorySummary } from './documents.ts';
import styles from './scans.module.css';

/** Why categories are held or were not scanned, with what to do about it, and what else people should know. */
export function CategoryNotes({ summaries }: { summaries: readonly CategorySummary[] }) {
  const { categories } = useCategories();
  const labelOf = (key: string) => categories.find((each) => each.key === key)?.label ?? key;
  return summaries.map((summary) => {
    const label = labelOf(summary.category);
    const away = summary.errors.find(({ code }) => code.startsWith('root_'));
    if (away !== undefined)
      return <Away key={summary.category} label={label} category={summary.category} message={away.message} />;
    if (summary.held) return <Held key={summary.category} label={label} summary={summary} />;
    return summary.notes.map((note) => (
      <p key={`${summary.category} ${note}`} className={styles.hint}>
        {label}: {note}.
      </p>
    ));
  });
}

function Held({
  label,
  summary: { missing, moved, notes, unchanged, updated },
}: {
  label: string;
  summary: CategorySummary;
}) {
  const { hold } = scanTexts;
  // One that loses little is held for the moves that it shares with another.
  const isForMoves =
    notes.some((note) => note.includes('moved from or to')) && !notes.some((note) => note.includes('%'));
  return (
    <section className={styles.waiting}>
      <CirclePause aria-hidden />
      <div>
        <h2>{hold.title(label)}</h2>
        <p>{isForMoves ? hold.moves : hold.losses(missing, missing + moved + unchanged + updated)}</p>
        <p>{hold.todo}</p>
      </div>
    </section>
  );
}

function Away({ category, label, message }: { category: string; label: string; message: string }) {
  const isAdmin = useIsAdmin();
  const { offline } = scanTexts;
  return (
    <section className={styles.waiting}>
      <Unplug aria-hidden />
      <div>
        <h2>{offline.title(label)}</h2>
        <p>{message}</p>
        <p>{offline.todo}</p>
        {isAdmin && (
          <Button render={<Link to="/scans/new" search={{ cat: [category], adopt: true }} />}>{offline.adopt}</Button>
        )}
      </div>
    </section>
  );
}
