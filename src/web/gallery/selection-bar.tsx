import { Menu } from '@base-ui/react/menu';
import { useQueryClient } from '@tanstack/react-query';
import { Download, Heart, HeartOff, Link as LinkIcon, RotateCcw, Star, Tag, Trash2, X } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { execute } from '../api/execute.ts';
import { describeFailure } from '../api/describe-failure.ts';
import { useShortcuts } from '../keys/shortcuts.ts';
import { texts } from '../words/texts.ts';
import { useMayEdit } from '../api/use-viewer.ts';
import { graphql } from '../generated/gql.ts';
import type { MediaSelection } from '../generated/graphql.ts';
import { everything, nothing, toMediaSelection, type Selection } from '../list/selection.ts';
import type { ListFilter } from '../list/view.ts';
import { Button, IconButton } from '../ui/button.tsx';
import menu from '../ui/menu.module.css';
import { say } from '../ui/say.ts';
import { hideMany, restoreMany, updateMany } from '../media/bulk.ts';
import bar from './list-bar.module.css';
import styles from './selection-bar.module.css';

const ArchiveDocument = graphql(/* GraphQL */ `
  mutation Archive($selection: MediaSelection!) {
    prepareArchive(selection: $selection) {
      __typename
      ... on PreparedArchive {
        url
      }
      ... on Error {
        message
      }
    }
  }
`);

const LinksDocument = graphql(/* GraphQL */ `
  query Links($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on MediaItem {
        id
        streamUrl(signed: true)
      }
    }
  }
`);

interface SelectionBarProps {
  selection: Selection;
  count: number;
  filter: ListFilter;
  /** Whether the list shows what was removed. */
  isTrash: boolean;
  onSelect: (selection: Selection) => void;
  /** Something was changed: the list is another one. */
  onDone: () => void;
}

/** What can be done with all that is selected, in the place of the bar above the list. */
export function SelectionBar({ selection, count, filter, isTrash, onSelect, onDone }: SelectionBarProps) {
  const mayEdit = useMayEdit();
  const client = useQueryClient();
  const chosen = toMediaSelection(selection, filter);
  const done = () => {
    onDone();
    void client.invalidateQueries();
  };
  const clear = () => onSelect(nothing);
  const act = (work: Promise<void>) => {
    clear();
    void finish(work);
  };
  const finish = async (work: Promise<void>) => {
    try {
      await work;
      done();
    } catch (error) {
      say(describeFailure(error));
    }
  };
  const hide = () => act(hideMany(chosen, done));
  useShortcuts({
    ...(mayEdit && !isTrash && { hide }),
    ...(mayEdit && { favourite: () => act(updateMany(chosen, { favourite: true }, done)) }),
  });
  const ids = 'ids' in chosen && chosen.ids.length <= mostLinks ? chosen.ids : null;
  return (
    <header className={`${bar.bar} ${styles.bar}`} role="toolbar" aria-label={texts.selection.count(count)}>
      <IconButton label={texts.selection.clear} icon={<X />} onClick={clear} />
      <span className={styles.count} role="status">
        {texts.selection.count(count)}
      </span>
      <Button kind="quiet" onClick={() => onSelect(everything)}>
        {texts.selection.all}
      </Button>
      <span className={bar.space} />
      {mayEdit && !isTrash && (
        <>
          <IconButton
            label={texts.selection.favourite}
            icon={<Heart />}
            onClick={() => act(updateMany(chosen, { favourite: true }, done))}
          />
          <IconButton
            label={texts.selection.unfavourite}
            icon={<HeartOff />}
            onClick={() => act(updateMany(chosen, { favourite: false }, done))}
          />
          <RatingMenu onRate={(rating) => act(updateMany(chosen, { rating }, done))} />
          <TagMenu
            onAdd={(tag) => act(updateMany(chosen, { addTags: [tag] }, done))}
            onRemove={(tag) => act(updateMany(chosen, { removeTags: [tag] }, done))}
          />
        </>
      )}
      {ids !== null && !isTrash && (
        <IconButton label={texts.selection.links} icon={<LinkIcon />} onClick={() => void copyLinks(ids)} />
      )}
      {!isTrash && (
        <IconButton label={texts.selection.download} icon={<Download />} onClick={() => void download(chosen)} />
      )}
      {mayEdit && !isTrash && <IconButton label={texts.selection.hide} icon={<Trash2 />} onClick={hide} />}
      {mayEdit && isTrash && (
        <Button onClick={() => act(restoreMany(chosen, done))}>
          <RotateCcw aria-hidden /> {texts.selection.restore}
        </Button>
      )}
    </header>
  );
}

/** Somebody pastes them somewhere. */
const mostLinks = 500;

function RatingMenu({ onRate }: { onRate: (rating: number | null) => void }) {
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

function TagMenu({ onAdd, onRemove }: { onAdd: (tag: string) => void; onRemove: (tag: string) => void }) {
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

async function copyLinks(ids: string[]): Promise<void> {
  try {
    const urls: string[] = [];
    for (let at = 0; at < ids.length; at += 100) {
      const { nodes } = await execute(LinksDocument, { ids: ids.slice(at, at + 100) });
      for (const node of nodes) if (node && 'streamUrl' in node) urls.push(new URL(node.streamUrl, location.href).href);
    }
    await navigator.clipboard.writeText(urls.join('\n'));
    say(texts.film.copied);
  } catch (error) {
    say(describeFailure(error));
  }
}

async function download(selection: MediaSelection): Promise<void> {
  try {
    const { prepareArchive } = await execute(ArchiveDocument, { selection });
    if (prepareArchive.__typename === 'PreparedArchive') location.assign(new URL(prepareArchive.url, location.href));
    else say(prepareArchive.message);
  } catch (error) {
    say(describeFailure(error));
  }
}
