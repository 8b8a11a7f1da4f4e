import { useId } from 'react';
import type { LegacySourcesQuery } from '../generated/graphql.ts';
import { Part } from '../ui/sheet.tsx';
import { migrationTexts } from '../words/migration.ts';
import styles from './migration.module.css';

interface SourceChoiceProps {
  sources: LegacySourcesQuery['legacySources'];
  chosen: string | null;
  onChoose: (path: string) => void;
}

/** The databases that a migration may read. */
export function SourceChoice({ chosen, onChoose, sources }: SourceChoiceProps) {
  const name = useId();
  return (
    <Part title={migrationTexts.sources.title}>
      <div role="radiogroup" aria-label={migrationTexts.sources.title} className={styles.choices}>
        {sources.map(({ modifiedAt, path, sizeBytes }) => (
          <label key={path} className={styles.choice}>
            <input type="radio" name={name} checked={path === chosen} onChange={() => onChoose(path)} />
            <span>
              {path} <span className={styles.note}>{migrationTexts.sources.facts(sizeBytes, modifiedAt)}</span>
            </span>
          </label>
        ))}
      </div>
    </Part>
  );
}
