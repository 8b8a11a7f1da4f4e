import { useId, useState } from 'react';
import type { Item } from '../media/item-documents.ts';
import { readItemNow, updateItem } from '../media/update-item.ts';
import { ServiceError } from '../api/api-errors.ts';
import { Button } from '../ui/button.tsx';
import { texts } from '../words/texts.ts';
import styles from './details.module.css';
import { keepDraft, recallDraft, type Draft } from './drafts.ts';
import { LongText } from './long-text.tsx';
import { SavingNote } from './saving-note.tsx';
import { useSaving } from './use-saving.ts';

interface TextFieldProps {
  item: Item;
  name: 'title' | 'description';
  isFixed: boolean;
  isLong?: boolean;
}

/**
 * A text of an item. What is typed is saved when the field is left, and kept until it is: over a sign-in, a service that is away, and a
 * reload. What somebody else has written meanwhile is not overwritten unasked.
 */
export function TextField({ item, name, isFixed, isLong = false }: TextFieldProps) {
  const { id } = item;
  const value = item[name] ?? '';
  const [draft, setDraft] = useState<Draft | null>(() => recallDraft(id, name));
  const [theirs, setTheirs] = useState<string | null>(null);
  const { saving, run, retry, clear } = useSaving();
  const noteId = useId();
  const keep = (next: Draft | null) => {
    keepDraft(id, name, next);
    setDraft(next);
  };
  const save = (mine: Draft) =>
    run(async () => {
      const text = mine.text.trim();
      const now = await readItemNow(id);
      if (now === null) throw new ServiceError(texts.viewer.gone, { code: null, status: 200, retryAfterSeconds: null });
      const other = now[name] ?? '';
      if (other !== mine.base && other !== text) {
        setTheirs(other);
        return;
      }
      if (other !== text) await updateItem(id, { [name]: text === '' ? null : text });
      // What was typed while it was saved begins from what was saved.
      const typed = recallDraft(id, name);
      if (typed !== null) keep(typed.text === mine.text ? null : { text: typed.text, base: text });
    });
  const leave = () => {
    if (draft === null || theirs !== null || saving.kind === 'busy') return;
    if (draft.text.trim() === draft.base.trim()) giveUp();
    else save(draft);
  };
  const giveUp = () => {
    keep(null);
    setTheirs(null);
    clear();
  };
  if (isFixed)
    return value === '' ? null : (
      <p className={styles.text}>
        <LongText text={value} />
      </p>
    );
  const Field = isLong ? 'textarea' : 'input';
  return (
    <div className={styles.field}>
      <label>
        <span>{texts.details[name]}</span>
        <Field
          value={draft?.text ?? value}
          {...(isLong && { rows: 3 })}
          aria-invalid={saving.kind === 'refused' || undefined}
          aria-describedby={noteId}
          onChange={({ target }) => {
            if (saving.kind === 'done' || saving.kind === 'refused') clear();
            keep({ text: target.value, base: draft?.base ?? value });
          }}
          onBlur={leave}
          onKeyDown={({ key, currentTarget }) => {
            if (key === 'Enter' && !isLong) currentTarget.blur();
            if (key === 'Escape') giveUp();
          }}
        />
      </label>
      {theirs === null ? (
        <SavingNote id={noteId} saving={saving} onRetry={retry} />
      ) : (
        <div id={noteId} className={styles.waiting} role="alert">
          <p>{texts.details.theirs(theirs)}</p>
          <div className={styles.ways}>
            <Button
              onClick={() => {
                const mine = { text: draft?.text ?? value, base: theirs };
                keep(mine);
                setTheirs(null);
                save(mine);
              }}
            >
              {texts.details.keepMine}
            </Button>
            <Button onClick={giveUp}>{texts.details.takeTheirs}</Button>
          </div>
        </div>
      )}
      {theirs === null && saving.kind === 'idle' && draft !== null && (
        <div className={styles.ways}>
          <Button kind="primary" onClick={leave}>
            {texts.details.save}
          </Button>
        </div>
      )}
    </div>
  );
}
