import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { useOperation } from '../api/use-operation.ts';
import { usePages } from '../api/use-pages.ts';
import { useIsAdmin } from '../api/use-viewer.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { modelTexts } from '../words/models.ts';
import { ModelsDocument, PendingCountDocument } from './documents.ts';
import { ModelFilters } from './model-filters.tsx';
import styles from './models.module.css';
import { countModelFilters, readModelsView, toModelsQuery, type ModelsView } from './models-view.ts';
import { Picture } from './picture.tsx';
import { titleOf } from './title-of.ts';

const route = getRouteApi('/models');

/** All model records, each by its first picture. */
export function ModelsPage() {
  const search = route.useSearch();
  const view = useMemo(() => readModelsView({ ...search }), [search]);
  const navigate = useNavigate();
  const change = (next: ModelsView) => void navigate({ to: '/models', search: next, replace: true });
  const models = usePages(ModelsDocument, toModelsQuery(view), (result) => result.models);
  const pending = useOperation(PendingCountDocument).data?.pendingImports.totalCount ?? 0;
  const total = models.first?.models.totalCount;
  return (
    <Sheet
      isWide
      title={modelTexts.title}
      lead={total === undefined ? undefined : modelTexts.count(total)}
      actions={
        pending > 0 && (
          <Button render={<Link to="/models/pending" />}>
            {modelTexts.pending} <span className={styles.note}>{pending}</span>
          </Button>
        )
      }
    >
      <ModelFilters view={view} onChange={change} />
      {models.error !== null && <Notice text={describeFailure(models.error)} />}
      {models.isKnown && models.nodes.length === 0 && <Empty view={view} onClear={() => change({})} />}
      <ul className={styles.grid} aria-label={modelTexts.title}>
        {models.nodes.map((model) => (
          <li key={model.sha256}>
            <Link to="/models/$sha256" params={{ sha256: model.sha256 }} className={styles.card}>
              <span className={styles.cover}>
                <Picture picture={model.images[0]} alt="" sizes="(width < 720px) 45vw, 240px" />
              </span>
              <span className={styles.name}>{titleOf(model)}</span>
              <span className={styles.note}>
                {[model.type, typeof model.sizeBytes === 'number' && modelTexts.bytes(model.sizeBytes)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {models.more !== null && (
        <div>
          <Button onClick={models.more}>{modelTexts.more}</Button>
        </div>
      )}
    </Sheet>
  );
}

function Empty({ onClear, view }: { view: ModelsView; onClear: () => void }) {
  const isAdmin = useIsAdmin();
  if (countModelFilters(view) > 0) {
    return (
      <Notice text={modelTexts.nothingMatches}>
        <Button onClick={onClear}>{modelTexts.clear}</Button>
      </Notice>
    );
  }
  if (!isAdmin) return <Notice text={modelTexts.emptyWithout} />;
  return (
    <Notice text={modelTexts.empty}>
      <Button render={<Link to="/migration" />}>{modelTexts.migrate}</Button>
    </Notice>
  );
}
