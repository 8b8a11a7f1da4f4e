import { useState } from 'react';
import { areSingleKeysOn, setSingleKeys } from '../keys/single-keys.ts';
import { Part } from '../ui/sheet.tsx';
import { settingsTexts } from '../words/settings.ts';
import styles from './settings.module.css';

/** Whether letters and signs do something by themselves. */
export function SingleKeys() {
  const [isOn, show] = useState(areSingleKeysOn);
  return (
    <Part title={settingsTexts.keys}>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={isOn}
          aria-describedby="single-keys-hint"
          onChange={({ target }) => {
            setSingleKeys(target.checked);
            show(target.checked);
          }}
        />
        <span>{settingsTexts.single}</span>
      </label>
      <p id="single-keys-hint" className={styles.note}>
        {settingsTexts.singleHint}
      </p>
    </Part>
  );
}
