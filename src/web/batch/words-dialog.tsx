import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { batchTexts } from '../words/batch.ts';
import { BatchDialog } from './batch-dialog.tsx';
import type { BatchProps } from './batch-props.ts';
import styles from './batch.module.css';
import { readChosen } from './chosen-items.ts';
import { reword } from './reword.ts';
import { fillPattern, unknownParts } from './title-pattern.ts';

const most = 1_000;

/** Gives titles by a pattern, and a description, to a selection: the first five are seen before. */
export function WordsDialog({ selections, count, onBegin, onDone, onClose }: BatchProps) {
  const { words } = batchTexts;
  const [pattern, setPattern] = useState('{name} – {n}');
  const [description, setDescription] = useState('');
  const isTooMany = count > most;
  const { data: items = [], error } = useQuery({
    queryKey: ['chosen-items', selections],
    queryFn: ({ signal }) => readChosen(selections, most, signal),
    enabled: !isTooMany,
  });
  const unknown = unknownParts(pattern);
  const hasTitles = pattern.trim() !== '';
  const titles = items.map((item, at) => fillPattern(pattern, at + 1, item));
  const run = () => {
    const changes = items.map(({ id }, at) => ({
      id,
      ...(hasTitles && { title: titles[at] ?? '' }),
      ...(description !== '' && { description }),
    }));
    const before = items.map((item) => ({
      id: item.id,
      ...(hasTitles && { title: item.title }),
      ...(description !== '' && { description: item.description ?? '' }),
    }));
    onClose();
    onBegin();
    void reword(changes, before, onDone);
  };
  const isIdle = (!hasTitles && description === '') || items.length === 0 || unknown.length > 0;
  return (
    <BatchDialog
      title={words.title}
      {...(isTooMany && { lead: words.tooMany(most) })}
      onClose={onClose}
      submit={{ label: words.submit(count), isDisabled: isTooMany || isIdle, run }}
    >
      <label className={styles.field}>
        {words.pattern}
        <input
          value={pattern}
          maxLength={300}
          aria-describedby="pattern-hint"
          onChange={({ target }) => setPattern(target.value)}
        />
      </label>
      <p id="pattern-hint" className={unknown.length > 0 ? styles.failed : styles.quiet}>
        {unknown.length > 0 ? words.unknown(unknown) : words.hint}
      </p>
      {hasTitles && (
        <ol className={styles.list} aria-label={words.preview}>
          {items.slice(0, 5).map(({ id, title }, at) => (
            <li key={id}>
              {titles[at]} <span className={styles.quiet}>{title}</span>
            </li>
          ))}
        </ol>
      )}
      <label className={styles.field}>
        {words.description}
        <textarea
          rows={2}
          value={description}
          placeholder={words.descriptionHint}
          onChange={({ target }) => setDescription(target.value)}
        />
      </label>
      {error !== null && <p className={styles.failed}>{describeFailure(error)}</p>}
    </BatchDialog>
  );
}
