import { useEffect, useMemo } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { usePages } from '../api/use-pages.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { scanTexts } from '../words/scans.ts';
import { PlanEntriesDocument, type PlanKind } from './documents.ts';
import { foldPlan } from './fold-plan.ts';
import { PlanGroupView } from './plan-group-view.tsx';
import styles from './scans.module.css';

const { plan: words } = scanTexts;

interface PlanSectionProps {
  id: string;
  kind: PlanKind;
  /** How many changes of the kind the plan has; null where only some of them are asked for. */
  total: number | null;
  /** Empty: all. */
  category: string;
  search: string;
  /** Called with how many are loaded, once they are. */
  onCount: (count: number) => void;
}

/** The changes of one kind, folded by folders. So many are loaded by themselves that a folder that was moved is counted whole. */
export function PlanSection({ id, kind, total, category, search, onCount }: PlanSectionProps) {
  const variables = { id, kind, category: category || null, search: search || null };
  const entries = usePages(PlanEntriesDocument, variables, ({ job }) =>
    job?.__typename === 'ScanJob' ? job.plan : nothing,
  );
  const { error, isKnown, more, nodes } = entries;
  const count = nodes.length;
  const isShort = more !== null && count < mostByThemselves;
  useEffect(() => {
    if (isShort) more();
    // A page that came asks for the next one.
  }, [isShort, count]);
  useEffect(() => {
    if (isKnown) onCount(count);
  }, [isKnown, count]);
  const groups = useMemo(() => foldPlan(nodes), [count, isKnown, category, search]);
  if (error !== null && count === 0) return <Notice text={describeFailure(error)} />;
  if (count === 0) return null;
  return (
    <section aria-labelledby={`plan-${kind}`} data-kind={kind}>
      <h2 className={styles.section} id={`plan-${kind}`}>
        {words.sections[kind]} · {words.count(total ?? count, total === null && more !== null)}
      </h2>
      <ul className={styles.list}>
        {groups.map((group, at) => (
          <PlanGroupView key={group.key} group={group} hasMore={more !== null && at === groups.length - 1} />
        ))}
      </ul>
      {more !== null && !isShort && <Button onClick={more}>{words.more}</Button>}
    </section>
  );
}

const mostByThemselves = 2_000;
const nothing = { edges: [], pageInfo: { hasNextPage: false, endCursor: null } };
