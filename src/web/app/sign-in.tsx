import { Dialog } from '@base-ui/react/dialog';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ServiceError } from '../api/api-errors.ts';
import { endLive } from '../api/live.ts';
import { queryClient } from '../api/query-client.ts';
import { signIn } from '../api/session.ts';
import { noteSignedIn } from '../api/signed-out.ts';
import { Button } from '../ui/button.tsx';
import dialog from '../ui/dialog.module.css';
import { describeFailure } from '../api/describe-failure.ts';
import styles from './sign-in.module.css';
import { texts } from '../words/texts.ts';

/** Asks for a token, above whatever was seen: what was under way goes on afterwards. */
export function SignIn({ isAgain }: { isAgain: boolean }) {
  const [token, setToken] = useState('');
  const [stays, setStays] = useState(true);
  const entering = useMutation({
    mutationFn: () => signIn(token, stays),
    async onSuccess() {
      noteSignedIn();
      endLive();
      await queryClient.invalidateQueries();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (token.trim() !== '') entering.mutate();
  };
  return (
    <Dialog.Root open>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.backdrop} />
        <Dialog.Popup className={dialog.popup}>
          <Dialog.Title className={dialog.title}>{texts.signIn.title}</Dialog.Title>
          <Dialog.Description className={dialog.lead}>
            {isAgain ? texts.signIn.again : texts.signIn.lead}
          </Dialog.Description>
          <form onSubmit={submit} className={styles.form}>
            <label className={styles.field}>
              <span>{texts.signIn.token}</span>
              <input
                type="password"
                autoComplete="current-password"
                value={token}
                onChange={(event) => setToken(event.target.value)}
                aria-invalid={entering.isError}
                aria-describedby="sign-in-failure"
              />
            </label>
            <label className={styles.stay}>
              <input type="checkbox" checked={stays} onChange={(event) => setStays(event.target.checked)} />
              <span>{texts.signIn.stay}</span>
            </label>
            <p id="sign-in-failure" className={styles.failure} role="alert">
              {entering.isError && describeRefusal(entering.error)}
            </p>
            <Button
              kind="primary"
              render={<button type="submit" />}
              disabled={entering.isPending || token.trim() === ''}
            >
              {entering.isPending ? texts.signIn.busy : texts.signIn.submit}
            </Button>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function describeRefusal(error: Error): string {
  const seconds = error instanceof ServiceError && error.status === 429 ? error.retryAfterSeconds : null;
  return seconds === null ? describeFailure(error) : texts.signIn.wait(seconds);
}
