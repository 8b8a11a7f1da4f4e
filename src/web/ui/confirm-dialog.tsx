import { AlertDialog } from '@base-ui/react/alert-dialog';
import { Button } from './button.tsx';
import styles from './confirm-dialog.module.css';
import dialog from './dialog.module.css';

interface ConfirmDialogProps {
  /** The question. */
  title: string;
  /** What follows from it. */
  lead: string;
  /** Verbs on both buttons. */
  confirm: string;
  cancel: string;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks once more before what cannot be undone. */
export function ConfirmDialog({ cancel, confirm, lead, onClose, onConfirm, title }: ConfirmDialogProps) {
  return (
    <AlertDialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={dialog.backdrop} />
        <AlertDialog.Popup className={dialog.popup}>
          <AlertDialog.Title className={dialog.title}>{title}</AlertDialog.Title>
          <AlertDialog.Description className={dialog.lead}>{lead}</AlertDialog.Description>
          <div className={styles.buttons}>
            <AlertDialog.Close render={<Button>{cancel}</Button>} />
            <AlertDialog.Close render={<Button kind="danger">{confirm}</Button>} onClick={onConfirm} />
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
