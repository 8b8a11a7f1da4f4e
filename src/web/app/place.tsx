import { number } from '../words/format.ts';
import styles from './sidebar.module.css';

interface PlaceProps {
  icon: React.ReactNode;
  label: string;
  count?: number | undefined;
  /** What can be done with it. */
  beside?: React.ReactNode;
  /** The link, without its content. */
  children: React.ReactElement<{ className?: string; children?: React.ReactNode }>;
}

/** A line of the sidebar. */
export function Place({ icon, label, count, beside, children: link }: PlaceProps) {
  const { type: Target, props } = link;
  return (
    <li className={styles.line}>
      <Target {...props} className={styles.place}>
        {icon}
        <span className={styles.label}>{label}</span>
        {count !== undefined && <span className={styles.count}>{number(count)}</span>}
      </Target>
      {beside}
    </li>
  );
}
