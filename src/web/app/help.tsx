import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { IconButton } from '../ui/button.tsx';
import dialog from '../ui/dialog.module.css';
import styles from './help.module.css';
import { keyOf, shortcuts, type ShortcutId } from '../keys/shortcuts.ts';
import { setSingleKeys, useSingleKeys } from '../keys/single-keys.ts';
import { texts } from '../words/texts.ts';

const ids = Object.keys(shortcuts) as ShortcutId[];

/** Lists every key of the page. */
export function Help({ onClose }: { onClose: () => void }) {
  const areOn = useSingleKeys();
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
                  {ids
                    .filter((id) => shortcuts[id].group === group)
                    .map((id) => (
                      <div key={id} className={styles.key}>
                        <dt>
                          <kbd>{keyOf(id)}</kbd>
                        </dt>
                        <dd>{shortcuts[id].label}</dd>
                      </div>
                    ))}
                </dl>
              </section>
            ))}
          </div>
          <label className={styles.single}>
            <input type="checkbox" checked={areOn} onChange={({ target }) => setSingleKeys(target.checked)} />
            <span>{texts.help.single}</span>
          </label>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
