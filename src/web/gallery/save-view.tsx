import { Popover } from '@base-ui/react/popover';
import { useLocation } from '@tanstack/react-router';
import { BookmarkPlus } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { saveView } from '../media/saved-views.ts';
import { Button, IconButton } from '../ui/button.tsx';
import menu from '../ui/menu.module.css';
import { say } from '../ui/say.ts';
import { texts } from '../words/texts.ts';
import styles from './save-view.module.css';

/** Keeps the list as it is shown now, under a name, in the sidebar. */
export function SaveView({ title }: { title: string }) {
  const { pathname, searchStr } = useLocation();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    const search = new URLSearchParams(searchStr);
    search.delete('item');
    const kept = search.toString();
    saveView(name, pathname, kept === '' ? '' : `?${kept}`);
    setOpen(false);
    setName('');
    say(texts.views.saved(name.trim()));
  };
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger render={<IconButton label={texts.views.save} icon={<BookmarkPlus />} />} />
      <Popover.Portal>
        <Popover.Positioner className={menu.positioner} align="end" sideOffset={4}>
          <Popover.Popup className={`${menu.popup} ${styles.popup}`} aria-label={texts.views.save}>
            <form className={styles.form} onSubmit={submit}>
              <input
                className={styles.name}
                value={name}
                maxLength={80}
                placeholder={title}
                aria-label={texts.views.name}
                onChange={({ target }) => setName(target.value)}
              />
              <Button kind="primary" render={<button type="submit" />}>
                {texts.views.submit}
              </Button>
            </form>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
