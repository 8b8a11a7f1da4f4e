import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useIsAdmin } from '../api/use-viewer.ts';
import { Gallery } from '../gallery/gallery.tsx';
import { useChange } from '../gallery/use-change.ts';
import { defaultOrder, readView } from '../list/view.ts';
import { Button } from '../ui/button.tsx';
import { ForRole } from '../ui/for-role.tsx';
import { texts } from '../words/texts.ts';
import { trashTexts } from '../words/trash.ts';
import styles from './trash.module.css';

const PurgeDialog = lazy(async () => ({ default: (await import('./purge-dialog.tsx')).PurgeDialog }));

const route = getRouteApi('/trash');
const tabs = ['DELETED', 'MISSING'] as const;

/** What was removed, and beside it what went missing. */
export function TrashPage() {
  return (
    <ForRole least="EDITOR">
      <Trash />
    </ForRole>
  );
}

function Trash() {
  const search = route.useSearch();
  const given = useMemo(() => readView({ ...search }), [search]);
  const change = useChange();
  const isAdmin = useIsAdmin();
  const [isPurging, setPurging] = useState(false);
  const status = given.status ?? ['DELETED'];
  const shown = status.length === 1 && status[0] === 'MISSING' ? 'MISSING' : 'DELETED';
  return (
    <>
      <Gallery
        key={shown}
        view={{ ...given, status }}
        onChange={change}
        title={texts.nav.trash}
        saysStatus={status.length === 1}
        empty={shown === 'MISSING' ? trashTexts.missingEmpty : texts.list.empty.trash}
        usual={defaultOrder(undefined, null)}
        above={
          <div className={styles.bar}>
            <nav className={styles.tabs} aria-label={trashTexts.which}>
              {tabs.map((tab) => (
                <Link
                  key={tab}
                  to="/trash"
                  search={tab === 'DELETED' ? {} : { status: [tab] }}
                  className={styles.tab}
                  activeProps={{}}
                  aria-current={tab === shown ? 'page' : undefined}
                >
                  {trashTexts.tabs[tab]}
                </Link>
              ))}
            </nav>
            {shown === 'MISSING' && <span className={styles.lead}>{trashTexts.missingLead}</span>}
            {isAdmin && <Button onClick={() => setPurging(true)}>{trashTexts.purge.open}</Button>}
          </div>
        }
      />
      <Suspense>{isPurging && <PurgeDialog status={shown} onClose={() => setPurging(false)} />}</Suspense>
    </>
  );
}
