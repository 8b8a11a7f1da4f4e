import { Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useSignedOut } from '../api/signed-out.ts';
import { AudioBar } from '../player/audio-bar.tsx';
import { HoldKeys } from '../keys/held-keys.ts';
import { bindShortcuts, useShortcuts } from '../keys/shortcuts.ts';
import { lazySoon } from '../ui/lazy-soon.ts';
import styles from './shell.module.css';
import { Sidebar } from './sidebar.tsx';
import { UploadDoor } from './upload-door.tsx';
import { texts } from '../words/texts.ts';
import { TroubleNote } from './trouble-note.tsx';
import { keepAsking } from '../api/keep-asking.ts';
import { askWhoIsThere, useMayEdit, useViewer } from '../api/use-viewer.ts';

// Few need them at first.
const AccountMenu = lazy(async () => ({ default: (await import('./account-menu.tsx')).AccountMenu }));
const Bell = lazy(async () => ({ default: (await import('../jobs/bell.tsx')).Bell }));
const Help = lazySoon(async () => (await import('./help.tsx')).Help);
const Palette = lazySoon(async () => (await import('./palette.tsx')).Palette);
const SignIn = lazy(async () => ({ default: (await import('./sign-in.tsx')).SignIn }));

/** The frame of every page: the library at the side, the page, the music that plays on, and the sign-in above all. */
export function Shell() {
  const isSignedOut = useSignedOut();
  const { viewer, isKnown } = useViewer();
  const mayEdit = useMayEdit();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const navigate = useNavigate();
  useEffect(bindShortcuts, []);
  useEffect(() => keepAsking(askWhoIsThere), []);
  useShortcuts({
    help: () => setHelpOpen(true),
    palette: () => setPaletteOpen(true),
    goAll: () => void navigate({ to: '/' }),
    goFavourites: () => void navigate({ to: '/', search: { fav: true } }),
    goUpload: () => void navigate({ to: '/upload' }),
    goJobs: () => void navigate({ to: '/jobs' }),
    goTrash: () => void navigate({ to: '/trash' }),
    search: () => document.getElementById('search')?.focus(),
  });
  const needsSignIn = isSignedOut || (isKnown && viewer === null);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#list">
        {texts.nav.skip}
      </a>
      <nav className={styles.side} aria-label={texts.nav.label}>
        <Sidebar />
        <Suspense fallback={<span className={styles.account} />}>
          <div className={styles.foot}>
            <AccountMenu viewer={viewer} onHelp={() => setHelpOpen(true)} onPalette={() => setPaletteOpen(true)} />
            {viewer !== null && <Bell />}
            {viewer?.isAuthenticated === false && (
              <span className={styles.open} title={texts.nav.open}>
                {texts.nav.openShort}
              </span>
            )}
          </div>
        </Suspense>
      </nav>
      <main className={styles.main} id="main">
        {viewer !== null && <Outlet />}
      </main>
      <AudioBar />
      <TroubleNote />
      <UploadDoor mayUpload={mayEdit} />
      <Suspense fallback={<HoldKeys />}>{isPaletteOpen && <Palette onClose={() => setPaletteOpen(false)} />}</Suspense>
      <Suspense>
        {needsSignIn && <SignIn isAgain={viewer !== null} />}
        {isHelpOpen && <Help onClose={() => setHelpOpen(false)} />}
      </Suspense>
    </div>
  );
}
