import { useId, useRef } from 'react';
import { usePaletteEntries, type PaletteEntry } from '../keys/palette-entries.ts';
import { number } from '../words/format.ts';
import styles from './sidebar.module.css';

interface PlaceProps {
  icon: React.ReactNode;
  label: string;
  count?: number | undefined;
  /** Under what the palette shows it. */
  group?: PaletteEntry['group'];
  /** What can be done with it. */
  beside?: React.ReactNode;
  /** The link, without its content. */
  children: React.ReactElement<LinkProps>;
}

interface LinkProps {
  ref?: React.Ref<HTMLElement>;
  className?: string;
  children?: React.ReactNode;
}

/** A line of the sidebar, which the palette leads to, too. */
export function Place({ icon, label, count, group = 'places', beside, children: link }: PlaceProps) {
  const { type: Target, props } = link;
  const target = useRef<HTMLElement>(null);
  // Two may be called alike.
  const id = `${group} ${useId()}`;
  const element = () => target.current;
  usePaletteEntries([{ id, label, group, element, run: () => element()?.click() }]);
  return (
    <li className={styles.line}>
      <Target {...props} ref={target} className={styles.place}>
        {icon}
        <span className={styles.label}>{label}</span>
        {count !== undefined && <span className={styles.count}>{number(count)}</span>}
      </Target>
      {beside}
    </li>
  );
}
