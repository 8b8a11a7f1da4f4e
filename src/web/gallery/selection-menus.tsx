import { Menu } from '@base-ui/react/menu';
import { Star, Tag } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { Button, IconButton } from '../ui/button.tsx';
import menu from '../ui/menu.module.css';
import { texts } from '../words/texts.ts';
import styles from './selection-bar.module.css';

/** Gives all that is selected so many stars. */
export function RatingMenu({ onRate }: { onRate: (rating: number | null) => void }) {
  return (
    <Menu.Root>
      <Menu.Trigger render={<IconButton label={texts.selection.rate} icon={<Star />} />} />
      <Menu.Portal>
        <Menu.Positioner className={menu.positioner} align="end" sideOffset={4}>
          <Menu.Popup className={menu.popup}>
            {[5, 4, 3, 2, 1].map((stars) => (
              <Menu.Item key={stars} className={menu.item} onClick={() => onRate(stars)}>
                <span aria-hidden>{'★'.repeat(stars)}</span>
                <span className={menu.keys}>{texts.selection.stars(stars)}</span>
              </Menu.Item>
            ))}
            <Menu.Item className={menu.item} onClick={() => onRate(null)}>
              {texts.selection.noStars}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** Gives all that is selected a tag, or takes one away. */
export function TagMenu({ onAdd, onRemove }: { onAdd: (tag: string) => void; onRemove: (tag: string) => void }) {
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const give = (act: (tag: string) => void) => {
    if (text.trim() === '') return;
    setOpen(false);
    act(text.trim());
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    give(onAdd);
  };
  if (!isOpen) return <IconButton label={texts.selection.tag} icon={<Tag />} onClick={() => setOpen(true)} />;
  return (
    <form className={styles.tag} onSubmit={submit}>
      <input
        // The person has just asked for it.
        ref={(input) => input?.focus()}
        value={text}
        maxLength={100}
        aria-label={texts.selection.tag}
        placeholder={texts.bar.tagsHint}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={({ key }) => key === 'Escape' && setOpen(false)}
      />
      <Button render={<button type="submit" />}>{texts.selection.addTag}</Button>
      <Button onClick={() => give(onRemove)}>{texts.selection.removeTag}</Button>
    </form>
  );
}
