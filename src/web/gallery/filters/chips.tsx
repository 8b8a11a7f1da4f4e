import { X } from 'lucide-react';
import { texts } from '../../words/texts.ts';
import { useCategories } from '../../api/use-categories.ts';
import type { View, ViewChange } from '../../list/view.ts';
import { chipsOf } from './chips-of.ts';
import styles from './chips.module.css';

interface ChipsProps {
  view: View;
  onChange: (change: ViewChange) => void;
}

/** The filters in force, each taken away by a click. */
export function Chips({ view, onChange }: ChipsProps) {
  const { categories } = useCategories();
  const chips = chipsOf(view, (key) => categories.find((category) => category.key === key)?.label ?? key);
  if (chips.length === 0) return null;
  return (
    <ul className={styles.chips}>
      {chips.map(({ name, without }) => (
        <li key={name}>
          <button
            type="button"
            className={styles.chip}
            aria-label={texts.bar.remove(name)}
            onClick={() => onChange(without)}
          >
            {name}
            <X aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}
