import { Dialog } from '@base-ui/react/dialog';
import { useId, useState, type KeyboardEvent } from 'react';
import { longestSearch } from '../api/limits.ts';
import { TakeKeys } from '../keys/held-keys.ts';
import { isCalled, paletteEntries, type PaletteEntry } from '../keys/palette-entries.ts';
import { availableShortcuts, keyOf, runShortcut, shortcuts, type ShortcutId } from '../keys/shortcuts.ts';
import dialog from '../ui/dialog.module.css';
import { texts } from '../words/texts.ts';
import { usePaletteItems } from './palette-items.ts';
import styles from './palette.module.css';

const groups: readonly PaletteEntry['group'][] = ['places', 'views', 'actions'];

/** Leads to whatever is called so: places, saved views, items; and does what keys do. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [known] = useState(() =>
    [...paletteEntries(), ...actions()].toSorted(
      (one, other) => groups.indexOf(one.group) - groups.indexOf(other.group),
    ),
  );
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  // The field takes the focus before the dialog looks where it was.
  const [opener] = useState(() => document.activeElement);
  const giveBack = () => (opener instanceof HTMLElement && opener.isConnected ? opener : true);
  const items = usePaletteItems(text.trim());
  const entries = [...known.filter(({ label }) => isCalled(label, text.trim())), ...items];
  const chosen = Math.min(at, entries.length - 1);
  const run = (entry: PaletteEntry | undefined) => {
    if (entry === undefined) return;
    onClose();
    // After the dialog has given back the focus.
    setTimeout(entry.run);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (event.key === 'Enter') run(entries[chosen]);
    else if (by !== undefined) setAt(Math.max(0, Math.min(entries.length - 1, chosen + by)));
    else return;
    event.preventDefault();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.backdrop} />
        <Dialog.Popup
          className={`${dialog.popup} ${styles.palette}`}
          aria-label={texts.palette.title}
          finalFocus={giveBack}
        >
          <input
            ref={focusNow}
            className={styles.field}
            role="combobox"
            aria-label={texts.palette.title}
            aria-expanded="true"
            aria-controls={id}
            aria-activedescendant={entries.length > 0 ? `${id}-${chosen}` : undefined}
            autoComplete="off"
            maxLength={longestSearch}
            placeholder={texts.palette.hint}
            value={text}
            onKeyDown={onKeyDown}
            onChange={({ target }) => {
              setText(target.value);
              setAt(0);
            }}
          />
          <TakeKeys />
          <ul className={styles.entries} id={id} role="listbox" aria-label={texts.palette.title}>
            {entries.map((entry, number) => (
              <Entry
                key={entry.id}
                id={`${id}-${number}`}
                entry={entry}
                isFirst={entry.group !== entries[number - 1]?.group}
                isChosen={number === chosen}
                onRun={() => run(entry)}
              />
            ))}
          </ul>
          {entries.length === 0 && <p className={styles.nothing}>{texts.palette.nothing}</p>}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Once, when it is there. */
const focusNow = (input: HTMLInputElement | null) => input?.focus();

interface EntryProps {
  id: string;
  entry: PaletteEntry;
  /** Of its group. */
  isFirst: boolean;
  isChosen: boolean;
  onRun: () => void;
}

function Entry({ id, entry: { group, label, shown }, isFirst, isChosen, onRun }: EntryProps) {
  return (
    <li
      ref={(element) => {
        if (isChosen) element?.scrollIntoView({ block: 'nearest' });
      }}
      id={id}
      className={styles.entry}
      role="option"
      aria-selected={isChosen}
      // The field keeps the focus, and hears the keys.
      onMouseDown={(event) => event.preventDefault()}
      onMouseUp={onRun}
    >
      <span className={styles.label}>{label}</span>
      {shown !== undefined && <kbd className={styles.quiet}>{shown}</kbd>}
      {isFirst && <span className={styles.quiet}>{texts.palette.groups[group]}</span>}
    </li>
  );
}

/** Going to the next item is nothing that anybody looks up. */
const moves: ReadonlySet<ShortcutId> = new Set([
  'left',
  'right',
  'up',
  'down',
  'pageUp',
  'pageDown',
  'open',
  'select',
  'leave',
  'palette',
  'goAll',
  'goFavourites',
  'goTrash',
]);

function actions(): PaletteEntry[] {
  return availableShortcuts()
    .filter((id) => !moves.has(id))
    .map((id) => ({
      id: `do ${id}`,
      label: shortcuts[id].label,
      group: 'actions',
      shown: keyOf(id),
      run: () => runShortcut(id),
    }));
}
