import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { IconButton } from '../ui/button.tsx';
import dialog from '../ui/dialog.module.css';
import styles from './help.module.css';
import { shortcuts } from '../keys/shortcuts.ts';
import { texts } from '../words/texts.ts';

/** Lists every key of the page. */
export function Help({ onClose }: { onClose: () => void }) {
  const groups = Object.entries(texts.help.groups);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.backdrop} />
        <Dialog.Popup className={`${dialog.popup} ${dialog.wide}`}>
          <div className={dialog.head}>
            <Dialog.Title className={dialog.title}>{texts.help.title}</Dialog.Title>
            <Dialog.Close render={<IconButton label={texts.help.close} icon={<X />} />} />
          </div>
          <div className={styles.groups}>
            {groups.map(([group, title]) => (
              <section key={group}>
                <h3 className={styles.heading}>{title}</h3>
                <dl className={styles.keys}>
                  {Object.values(shortcuts)
                    .filter((shortcut) => shortcut.group === group)
                    .map(({ label, shown }) => (
                      <div key={label} className={styles.key}>
                        <dt>
                          <kbd>{shown}</kbd>
                        </dt>
                        <dd>{label}</dd>
                      </div>
                    ))}
                </dl>
              </section>
            ))}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
