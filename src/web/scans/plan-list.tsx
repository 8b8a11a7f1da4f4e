import { useDeferredValue, useState } from 'react';
import { longestSearch } from '../api/limits.ts';
import { useCategories } from '../api/use-categories.ts';
import { Notice } from '../ui/notice.tsx';
import { scanTexts } from '../words/scans.ts';
import type { PlanTotal } from './documents.ts';
import { PlanSection } from './plan-section.tsx';
import { countByKind } from './plan-totals.ts';
import styles from './scans.module.css';

const { plan: words } = scanTexts;

/** All that a plan would do, losses first, narrowed to a category and to words in the paths. */
export function PlanList({ id, totals }: { id: string; totals: readonly PlanTotal[] }) {
  const { categories } = useCategories();
  const [text, setText] = useState('');
  const [category, setCategory] = useState('');
  const search = useDeferredValue(text.trim());
  const [sizes, setSizes] = useState<Record<string, number>>({});
  const keys = [...new Set(totals.map((total) => total.category))];
  const kinds = countByKind(totals);
  const isNarrowed = search !== '' || category !== '';
  const note = (kind: string, count: number) =>
    setSizes((before) => (before[kind] === count ? before : { ...before, [kind]: count }));
  return (
    <>
      <div className={styles.filters} role="search">
        <input
          type="search"
          className={styles.search}
          aria-label={words.search}
          placeholder={words.search}
          maxLength={longestSearch}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        {keys.length > 1 && (
          <select
            className={styles.select}
            aria-label={words.category}
            value={category}
            onChange={({ target }) => setCategory(target.value)}
          >
            <option value="">{words.anyCategory}</option>
            {keys.map((key) => (
              <option key={key} value={key}>
                {categories.find((each) => each.key === key)?.label ?? key}
              </option>
            ))}
          </select>
        )}
      </div>
      {kinds.map(([kind, count]) => (
        <PlanSection
          key={kind}
          id={id}
          kind={kind}
          total={isNarrowed ? null : count}
          category={category}
          search={search}
          onCount={(found) => note(kind, found)}
        />
      ))}
      {isNarrowed && kinds.every(([kind]) => sizes[kind] === 0) && <Notice text={words.noneFound} />}
    </>
  );
}
