import { Link } from '@tanstack/react-router';
import { Film, Heart, Image, Images, Music, Trash2, Unplug } from 'lucide-react';
import { useCategories } from '../api/use-categories.ts';
import { number } from '../words/format.ts';
import styles from './sidebar.module.css';
import { texts } from '../words/texts.ts';
import { useMayEdit } from '../api/use-viewer.ts';

const icons = { IMAGE: Image, VIDEO: Film, AUDIO: Music } as const;

/** The places of the library: the categories in the configuration's order with their counts. */
export function Sidebar() {
  const { categories } = useCategories();
  const mayEdit = useMayEdit();
  const all = categories.reduce((sum, { counts }) => sum + counts.available, 0);
  return (
    <ul className={styles.places}>
      <Place icon={<Images />} label={texts.nav.all} count={all}>
        <Link to="/" search={{}} activeOptions={{ exact: true, includeSearch: true }} />
      </Place>
      {categories.map(({ counts, key, label, mediaType, state }) => {
        const Icon = state === 'OFFLINE' ? Unplug : icons[mediaType];
        return (
          <Place key={key} icon={<Icon />} label={label} count={counts.available}>
            <Link to="/c/$category" params={{ category: key }} />
          </Place>
        );
      })}
      <Place icon={<Heart />} label={texts.nav.favourites}>
        <Link to="/" search={{ fav: true }} activeOptions={{ includeSearch: true }} />
      </Place>
      {mayEdit && (
        <Place icon={<Trash2 />} label={texts.nav.trash}>
          <Link to="/trash" />
        </Place>
      )}
    </ul>
  );
}

interface PlaceProps {
  icon: React.ReactNode;
  label: string;
  count?: number;
  /** The link, without its content. */
  children: React.ReactElement<{ className?: string; children?: React.ReactNode }>;
}

function Place({ icon, label, count, children: link }: PlaceProps) {
  const { type: Target, props } = link;
  return (
    <li>
      <Target {...props} className={styles.place}>
        {icon}
        <span className={styles.label}>{label}</span>
        {count !== undefined && <span className={styles.count}>{number(count)}</span>}
      </Target>
    </li>
  );
}
