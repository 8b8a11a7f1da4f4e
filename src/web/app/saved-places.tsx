import { Menu } from '@base-ui/react/menu';
import { Link } from '@tanstack/react-router';
import { Bookmark, MoreHorizontal } from 'lucide-react';
import { useState } from 'react';
import { removeView, renameView, saveView, useSavedViews, type SavedView } from '../media/saved-views.ts';
import { IconButton } from '../ui/button.tsx';
import menu from '../ui/menu.module.css';
import { say } from '../ui/say.ts';
import { texts } from '../words/texts.ts';
import { Place } from './place.tsx';
import { readSearch } from './search-parameters.ts';
import styles from './saved-places.module.css';

/** The views that somebody saved, which can be renamed and removed. */
export function SavedPlaces() {
  return useSavedViews().map((view) => <SavedPlace key={view.id} view={view} />);
}

function SavedPlace({ view }: { view: SavedView }) {
  const { id, name, path, search } = view;
  const [isRenaming, setRenaming] = useState(false);
  if (isRenaming) return <Rename view={view} onDone={() => setRenaming(false)} />;
  const remove = () => {
    removeView(id);
    say(texts.views.removed(name), { label: texts.viewer.restore, run: () => saveView(name, path, search) });
  };
  return (
    <Place
      icon={<Bookmark />}
      label={name}
      group="views"
      beside={
        <Menu.Root>
          <Menu.Trigger
            render={
              <IconButton label={texts.views.change(name)} icon={<MoreHorizontal />} className={styles.menu ?? ''} />
            }
          />
          <Menu.Portal>
            <Menu.Positioner className={menu.positioner} align="start" sideOffset={4}>
              <Menu.Popup className={menu.popup}>
                <Menu.Item className={menu.item} onClick={() => setRenaming(true)}>
                  {texts.views.rename}
                </Menu.Item>
                <Menu.Item className={menu.item} onClick={remove}>
                  {texts.views.remove}
                </Menu.Item>
              </Menu.Popup>
            </Menu.Positioner>
          </Menu.Portal>
        </Menu.Root>
      }
    >
      <Link to={path} search={readSearch(search)} activeOptions={{ exact: true, includeSearch: true }} />
    </Place>
  );
}

function Rename({ view: { id, name }, onDone }: { view: SavedView; onDone: () => void }) {
  const [text, setText] = useState(name);
  const take = () => {
    renameView(id, text);
    onDone();
  };
  return (
    <li>
      <input
        // The person has just asked for it.
        ref={(input) => input?.focus()}
        className={styles.rename}
        value={text}
        maxLength={80}
        aria-label={texts.views.name}
        onChange={({ target }) => setText(target.value)}
        onBlur={take}
        onKeyDown={({ key }) => {
          if (key === 'Enter') take();
          if (key === 'Escape') onDone();
        }}
      />
    </li>
  );
}
