import { lazy, Suspense } from 'react';

const Folders = lazy(async () => ({ default: (await import('./folders-page.tsx')).FoldersPage }));
const Groups = lazy(async () => ({ default: (await import('./groups-page.tsx')).GroupsPage }));

/** Folders, which are loaded when somebody opens one. */
export function FoldersPage() {
  return (
    <Suspense>
      <Folders />
    </Suspense>
  );
}

/** Series, seasons and albums, likewise. */
export function GroupsPage() {
  return (
    <Suspense>
      <Groups />
    </Suspense>
  );
}
