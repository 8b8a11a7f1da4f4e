import { describeFailure } from '../api/describe-failure.ts';
import { queryClient } from '../api/query-client.ts';
import { signOut } from '../api/session.ts';
import { useIsAdmin, useViewer } from '../api/use-viewer.ts';
import { Button } from '../ui/button.tsx';
import { say } from '../ui/say.ts';
import { Part, Sheet } from '../ui/sheet.tsx';
import { settingsTexts } from '../words/settings.ts';
import { texts } from '../words/texts.ts';
import { Look } from './look.tsx';
import styles from './settings.module.css';
import { SingleKeys } from './single-keys.tsx';
import { Tokens } from './tokens.tsx';

/** How the page looks and listens on this browser, who uses it, and what others are let in by. */
export function SettingsPage() {
  const { viewer } = useViewer();
  const isAdmin = useIsAdmin();
  if (viewer === null) return null;
  const isOpen = !viewer.isAuthenticated;
  const leave = () =>
    void signOut().then(
      () => queryClient.resetQueries(),
      (error: unknown) => say(describeFailure(error)),
    );
  return (
    <Sheet title={settingsTexts.title}>
      <Look />
      <SingleKeys />
      <Part title={settingsTexts.account}>
        {isOpen ? (
          <p className={styles.prose}>{settingsTexts.open}</p>
        ) : (
          <>
            <p>{texts.account.signedInAs(viewer.name, viewer.role)}</p>
            <p className={styles.note}>{viewer.canSignOut ? settingsTexts.signOutHint : settingsTexts.foreign}</p>
            {viewer.canSignOut && (
              <div>
                <Button onClick={leave}>{texts.account.signOut}</Button>
              </div>
            )}
          </>
        )}
      </Part>
      {isAdmin && !isOpen && <Tokens />}
    </Sheet>
  );
}
