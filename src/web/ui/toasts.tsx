import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { texts } from '../words/texts.ts';
import { IconButton } from './button.tsx';
import { toastManager } from './say.ts';
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
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={styles.toast} swipeDirection={['down', 'right']}>
      <Toast.Content className={styles.content}>
        <div className={styles.words}>
          <Toast.Title className={styles.title} />
          <Toast.Description className={styles.description} />
        </div>
        <Toast.Action className={styles.action} />
        <Toast.Close render={<IconButton label={texts.help.close} icon={<X />} />} />
      </Toast.Content>
    </Toast.Root>
  ));
}
