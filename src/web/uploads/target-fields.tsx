import { useState } from 'react';
import { useOperation } from '../api/use-operation.ts';
import { uploadTexts } from '../words/uploads.ts';
import { UploadTargetsDocument } from './documents.ts';
import type { MediaKind } from './entry.ts';
import { uploads } from './queue.ts';
import { keepTargetChoice, readTargetChoice, targetOf } from './targets.ts';
import styles from './uploads.module.css';

const kinds: readonly MediaKind[] = ['IMAGE', 'VIDEO', 'AUDIO'];

/** Where files of each kind go, and whether they are looked for before they are sent. */
export function TargetFields() {
  const { data } = useOperation(UploadTargetsDocument, {}, { staleTime: 30_000 });
  const [choice, setChoice] = useState(readTargetChoice);
  const [looksFirst, setLooksFirst] = useState(uploads.looksFirst);
  const targets = data?.categories ?? [];
  const choose = (kind: MediaKind, key: string) => {
    const chosen = { ...choice, [kind]: key };
    setChoice(chosen);
    keepTargetChoice(chosen);
  };
  return (
    <fieldset className={styles.targets}>
      <legend className={styles.hidden}>{uploadTexts.targets}</legend>
      {kinds
        .filter((kind) => targets.some(({ mediaType }) => mediaType === kind))
        .map((kind) => (
          <label key={kind} className={styles.target}>
            {uploadTexts.kinds[kind]}
            <select
              value={targetOf(kind, targets, choice)?.key ?? ''}
              onChange={({ target }) => choose(kind, target.value)}
            >
              {targets
                .filter(({ mediaType }) => mediaType === kind)
                .map(({ key, label }) => (
                  <option key={key} value={key}>
                    {label}
                  </option>
                ))}
            </select>
          </label>
        ))}
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={looksFirst}
          onChange={({ target }) => {
            setLooksFirst(target.checked);
            uploads.lookFirst(target.checked);
          }}
        />
        {uploadTexts.lookFirst}
      </label>
    </fieldset>
  );
}
