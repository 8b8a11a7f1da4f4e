import { X } from 'lucide-react';
import type { PathMapping } from '../generated/graphql.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Part } from '../ui/sheet.tsx';
import { migrationTexts } from '../words/migration.ts';
import { addRow, type MappingRow } from './mapping-rows.ts';
import styles from './migration.module.css';

interface MappingsProps {
  rows: readonly MappingRow[];
  onChange: (rows: readonly MappingRow[]) => void;
}

const { mappings: texts } = migrationTexts;

/** The folders of the earlier application, each with the same folder on this machine. */
export function Mappings({ onChange, rows }: MappingsProps) {
  const set = (at: number, change: Partial<PathMapping>) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...change } : row)));
  return (
    <Part
      title={texts.title}
      lead={texts.lead}
      actions={<Button onClick={() => onChange(addRow(rows))}>{texts.add}</Button>}
    >
      <ul className={styles.mappings}>
        {rows.map(({ from, id, to }, at) => (
          <li key={id} className={styles.mapping}>
            <input
              value={from}
              placeholder={texts.fromHint}
              aria-label={texts.fromAt(at + 1)}
              spellCheck={false}
              onChange={({ target }) => set(at, { from: target.value })}
            />
            <span aria-hidden>→</span>
            <input
              value={to}
              placeholder={texts.toHint}
              aria-label={texts.toAt(at + 1)}
              spellCheck={false}
              onChange={({ target }) => set(at, { to: target.value })}
            />
            <IconButton
              label={texts.remove(at + 1)}
              icon={<X />}
              onClick={() => onChange(rows.filter((_row, index) => index !== at))}
            />
          </li>
        ))}
      </ul>
    </Part>
  );
}
