import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Download, Heart, HeartOff, Link as LinkIcon, RotateCcw, Trash2, X } from 'lucide-react';
import { lazy, Suspense, useEffect, type RefObject } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { runShortcut, useShortcuts, type ShortcutId } from '../keys/shortcuts.ts';
import { texts } from '../words/texts.ts';
import { useMayEdit } from '../api/use-viewer.ts';
import type { MediaSelection } from '../generated/graphql.ts';
import { toMediaSelections } from '../list/chosen-media.ts';
import { everything, nothing, type Selection } from '../list/selection.ts';
import type { ListFilter, ListOrder } from '../list/view.ts';
import { Button, IconButton, useKeyTip } from '../ui/button.tsx';
import { say } from '../ui/say.ts';
import { countQuery, sumOf } from '../media/count-selected.ts';
import { hideMany, restoreMany, updateMany } from '../media/bulk.ts';
import bar from './list-bar.module.css';
import styles from './selection-bar.module.css';
import { copyLinks, download } from './selection-files.ts';
import { RatingMenu, TagMenu } from './selection-menus.tsx';

const BatchMenu = lazy(async () => ({ default: (await import('../batch/batch-menu.tsx')).BatchMenu }));

interface SelectionBarProps {
  /** Keys that were pressed before it was there, and are meant for it. */
  early: RefObject<ShortcutId[]>;
  selection: Selection;
  /** By the numbers of the list. */
  count: number;
  filter: ListFilter;
  order: ListOrder;
  /** Whether the list shows what was removed. */
  isTrash: boolean;
  onSelect: (selection: Selection) => void;
  /** Something was changed: the list is another one. */
  onDone: () => void;
}

/** What can be done with all that is selected, in the place of the bar above the list. */
export function SelectionBar({
  early,
  selection,
  count: counted,
  filter,
  order,
  isTrash,
  onSelect,
  onDone,
}: SelectionBarProps) {
  const mayEdit = useMayEdit();
  const allTip = useKeyTip(texts.selection.all, 'selectAll');
  const client = useQueryClient();
  const chosen = toMediaSelections(selection, filter, order);
  const count = useTrueCount(chosen, selection.kind === 'ranges') ?? counted;
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
  // The keys above work from here on.
  useEffect(() => {
    for (const id of early.current.splice(0)) runShortcut(id);
  }, [early]);
  return (
    <header className={`${bar.bar} ${styles.bar}`} role="toolbar" aria-label={texts.selection.count(count)}>
      <IconButton label={texts.selection.clear} shortcut="leave" icon={<X />} onClick={clear} />
      <span className={styles.count} role="status">
        {texts.selection.count(count)}
      </span>
      <Button kind="quiet" {...allTip} onClick={() => onSelect(everything)}>
        {texts.selection.all}
      </Button>
      <span className={bar.space} />
      {mayEdit && !isTrash && (
        <>
          <IconButton
            label={texts.selection.favourite}
            shortcut="favourite"
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
      {count <= mostLinks && !isTrash && (
        <IconButton
          label={texts.selection.links}
          icon={<LinkIcon />}
          onClick={() => void copyLinks(chosen, mostLinks)}
        />
      )}
      {!isTrash && (
        <IconButton label={texts.selection.download} icon={<Download />} onClick={() => void download(chosen)} />
      )}
      {mayEdit && !isTrash && (
        <IconButton label={texts.selection.hide} shortcut="hide" icon={<Trash2 />} onClick={hide} />
      )}
      {mayEdit && isTrash && (
        <Button onClick={() => act(restoreMany(chosen, done))}>
          <RotateCcw aria-hidden /> {texts.selection.restore}
        </Button>
      )}
      <Suspense>
        {mayEdit && <BatchMenu selections={chosen} count={count} isTrash={isTrash} onBegin={clear} onDone={done} />}
      </Suspense>
    </header>
  );
}

/** What the service counts in stretches of which nobody has loaded all; undefined until it has. */
function useTrueCount(chosen: MediaSelection[], isWanted: boolean): number | undefined {
  const { data } = useQuery({ ...countQuery(chosen), enabled: isWanted });
  return isWanted && data !== undefined ? sumOf(data) : undefined;
}

/** Somebody pastes them somewhere. */
const mostLinks = 500;
