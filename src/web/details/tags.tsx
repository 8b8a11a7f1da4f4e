import { X } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import type { Item } from '../media/item-documents.ts';
import { updateItem, type ItemChanges } from '../media/update-item.ts';
import { Button } from '../ui/button.tsx';
import { texts } from '../words/texts.ts';
import styles from './details.module.css';
import { keepDraft, recallDraft } from './drafts.ts';
import { SavingNote } from './saving-note.tsx';
import { useSaving } from './use-saving.ts';

/** The tags of an item: one is added or taken away beside whatever others do. A tag that could not be added stays typed. */
export function Tags({ item, isFixed }: { item: Item; isFixed: boolean }) {
  const { id, tags } = item;
  const [text, setText] = useState(() => recallDraft(id, 'tag')?.text ?? '');
  const { saving, run, retry, clear } = useSaving();
  const type = (next: string) => {
    keepDraft(id, 'tag', next === '' ? null : { text: next, base: '' });
    setText(next);
  };
  const change = (changes: ItemChanges, onDone?: () => void) =>
    run(async () => {
      await updateItem(id, changes);
      onDone?.();
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const tag = text.trim();
    if (tag !== '') change({ addTags: [tag] }, () => recallDraft(id, 'tag')?.text.trim() === tag && type(''));
  };
  if (isFixed && tags.length === 0) return null;
  return (
    <div className={styles.field}>
      <div className={styles.tags}>
        {tags.map((tag) => (
          <span key={tag} className={styles.tag}>
            {tag}
            {!isFixed && (
              <button
                type="button"
                aria-label={texts.details.removeTag(tag)}
                onClick={() => change({ removeTags: [tag] })}
              >
                <X aria-hidden />
              </button>
            )}
          </span>
        ))}
        {!isFixed && (
          <form onSubmit={submit}>
            <input
              value={text}
              maxLength={100}
              aria-label={texts.details.addTag}
              placeholder={texts.details.addTag}
              onChange={({ target }) => {
                if (saving.kind === 'refused' || saving.kind === 'done') clear();
                type(target.value);
              }}
            />
            {text !== '' && <Button render={<button type="submit" />}>{texts.selection.addTag}</Button>}
          </form>
        )}
      </div>
      <SavingNote saving={saving} onRetry={retry} />
    </div>
  );
}
