import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Film, Heart, Image, Images, Music, Unplug } from 'lucide-react';
import { useSavedViews } from '../media/saved-views.ts';
import { useCategories } from '../api/use-categories.ts';
import styles from './sidebar.module.css';
import { texts } from '../words/texts.ts';
import { Place } from './place.tsx';
import { WorkPlaces } from './work-places.tsx';

const SavedPlaces = lazy(async () => ({ default: (await import('./saved-places.tsx')).SavedPlaces }));

const icons = { IMAGE: Image, VIDEO: Film, AUDIO: Music } as const;

/** The places of the library: the categories in the configuration's order with their counts. */
export function Sidebar() {
  const { categories } = useCategories();
  const hasViews = useSavedViews().length > 0;
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
      <Suspense>{hasViews && <SavedPlaces />}</Suspense>
      <WorkPlaces />
    </ul>
  );
}
