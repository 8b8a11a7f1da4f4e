import { useId, useState } from 'react';
import { Field } from '../ui/field.tsx';
import { Part } from '../ui/sheet.tsx';
import { migrationTexts } from '../words/migration.ts';
import styles from './migration.module.css';

interface PictureFolderProps {
  /** Those beside the database that have pictures. */
  folders: readonly string[];
  /** Empty: without pictures. */
  value: string;
  onChange: (folder: string) => void;
}

const { pictures: texts } = migrationTexts;

/** Where the pictures of the models are: one of the folders beside the database, another one, or none. */
export function PictureFolder({ folders, onChange, value }: PictureFolderProps) {
  const name = useId();
  const [isOther, setOther] = useState(false);
  const choose = (folder: string, other = false) => {
    setOther(other);
    onChange(folder);
  };
  return (
    <Part title={texts.title}>
      <div role="radiogroup" aria-label={texts.title} className={styles.choices}>
        {[...folders, ''].map((folder) => (
          <label key={folder} className={styles.choice}>
            <input type="radio" name={name} checked={!isOther && folder === value} onChange={() => choose(folder)} />
            <span>{folder === '' ? texts.none : folder}</span>
          </label>
        ))}
        <label className={styles.choice}>
          <input type="radio" name={name} checked={isOther} onChange={() => choose('', true)} />
          <span>{texts.other}</span>
        </label>
      </div>
      {isOther && (
        <Field label={texts.path}>
          <input value={value} onChange={({ target }) => onChange(target.value)} />
        </Field>
      )}
    </Part>
  );
}
