import { Dialog } from '@base-ui/react/dialog';
import { Button } from '../ui/button.tsx';
import dialog from '../ui/dialog.module.css';
import { batchTexts } from '../words/batch.ts';
import styles from './batch.module.css';

interface BatchDialogProps {
  title: string;
  lead?: string;
  children?: React.ReactNode;
  /** The button that does it; without it there is only a way out. */
  submit?: { label: string; run: () => void; isDisabled?: boolean; isDanger?: boolean } | undefined;
  onClose: () => void;
}

/** Asks before something is done to many items, in one form for all. */
export function BatchDialog({ title, lead, children, submit, onClose }: BatchDialogProps) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.backdrop} />
        <Dialog.Popup className={`${dialog.popup} ${styles.popup}`}>
          <Dialog.Title className={dialog.title}>{title}</Dialog.Title>
          {lead !== undefined && <Dialog.Description className={dialog.lead}>{lead}</Dialog.Description>}
          <form
            className={styles.form}
            onSubmit={(event) => {
              event.preventDefault();
              if (submit !== undefined && submit.isDisabled !== true) submit.run();
            }}
          >
            {children}
            <div className={styles.actions}>
              <Dialog.Close render={<Button>{submit === undefined ? batchTexts.close : batchTexts.cancel}</Button>} />
              {submit !== undefined && (
                <Button
                  kind={submit.isDanger === true ? 'danger' : 'primary'}
                  disabled={submit.isDisabled}
                  render={<button type="submit" />}
                >
                  {submit.label}
                </Button>
              )}
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
