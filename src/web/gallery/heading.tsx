import { Check, Minus } from 'lucide-react';
import type { CSSProperties } from 'react';
import { texts } from '../words/texts.ts';
import styles from './rows.module.css';

interface HeadingProps {
  style: CSSProperties;
  name: string;
  count: number;
  /** How much of the section is chosen. */
  share: 'none' | 'some' | 'all';
  isChoosing: boolean;
  onChoose: () => void;
}

/** The name of a section, and a tick that chooses all of it. */
export function Heading({ style, name, count, share, isChoosing, onChoose }: HeadingProps) {
  const isChecked = share === 'some' ? 'mixed' : share === 'all';
  return (
    <div className={styles.heading} style={style} role="row" data-choosing={isChoosing || undefined}>
      <h2 role="rowheader">
        {name}
        <button
          type="button"
          className={styles.all}
          role="checkbox"
          tabIndex={-1}
          aria-checked={isChecked}
          aria-label={texts.item.select(name)}
          onClick={onChoose}
        >
          {share === 'some' ? <Minus aria-hidden /> : <Check aria-hidden />}
        </button>
      </h2>
      <span className={styles.count}>{texts.list.count(count)}</span>
    </div>
  );
}
