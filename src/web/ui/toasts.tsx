import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { texts } from '../words/texts.ts';
import { IconButton } from './button.tsx';
import { toastManager } from './say.ts';
import { Spoken } from './spoken.tsx';
import styles from './toasts.module.css';

/** Shows what was done, with its undo, for eight seconds, and what is under way until it ends. */
export function Toasts({ children }: { children: React.ReactNode }) {
  return (
    <Toast.Provider toastManager={toastManager} timeout={8_000} limit={4}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className={styles.viewport}>
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => <OneToast key={toast.id} toast={toast} />);
}

type ToastObject = ReturnType<typeof Toast.useToastManager>['toasts'][number];

/** The list of toasts says whatever changes in it: the numbers of what is under way are left out of that, and told now and then. */
function OneToast({ toast }: { toast: ToastObject }) {
  const isUnderWay = toast.timeout === 0;
  return (
    <Toast.Root toast={toast} className={styles.toast} swipeDirection={['down', 'right']}>
      <Toast.Content className={styles.content}>
        <div className={styles.words} aria-live={isUnderWay ? 'off' : undefined}>
          <Toast.Title className={styles.title} />
          <Toast.Description className={styles.description} />
        </div>
        {isUnderWay && typeof toast.title === 'string' && <Spoken text={toast.title} isUnderWay />}
        <Toast.Action className={styles.action} />
        <Toast.Close render={<IconButton label={texts.help.close} icon={<X />} />} />
      </Toast.Content>
    </Toast.Root>
  );
}
