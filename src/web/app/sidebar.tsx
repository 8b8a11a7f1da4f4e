import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useRef } from 'react';
import { Film, Heart, Image, Images, Music, Unplug } from 'lucide-react';
import { useSavedViews } from '../media/saved-views.ts';
import { useCategories } from '../api/use-categories.ts';
import { useMedia } from '../ui/use-media.ts';
import { useSize } from '../ui/use-size.ts';
import styles from './sidebar.module.css';
import { texts } from '../words/texts.ts';
import { Place } from './place.tsx';
import { WorkPlaces } from './work-places.tsx';

const SavedPlaces = lazy(async () => ({ default: (await import('./saved-places.tsx')).SavedPlaces }));
const MorePlaces = lazy(async () => ({ default: (await import('./more-places.tsx')).MorePlaces }));

const icons = { IMAGE: Image, VIDEO: Film, AUDIO: Music } as const;

/** The places of the library: the categories in the configuration's order with their counts, then what works on it. */
export function Sidebar() {
  const { categories } = useCategories();
  const hasViews = useSavedViews().length > 0;
  const all = categories.reduce((sum, { counts }) => sum + counts.available, 0);
  const places = [
    <Place key="/" icon={<Images />} label={texts.nav.all} count={all}>
      <Link to="/" search={{}} activeOptions={{ exact: true, includeSearch: true }} />
    </Place>,
    ...categories.map(({ counts, key, label, mediaType, state }) => {
      const Icon = state === 'OFFLINE' ? Unplug : icons[mediaType];
      return (
        <Place key={`/c/${key}`} icon={<Icon />} label={label} count={counts.available}>
          <Link to="/c/$category" params={{ category: key }} />
        </Place>
      );
    }),
    <Place key="fav" icon={<Heart />} label={texts.nav.favourites}>
      <Link to="/" search={{ fav: true }} activeOptions={{ includeSearch: true }} />
    </Place>,
  ];
  const further = (
    <>
      <Suspense>{hasViews && <SavedPlaces />}</Suspense>
      <WorkPlaces />
    </>
  );
  const isPhone = useMedia('(width < 720px)');
  if (isPhone) return <BottomBar places={places} further={further} />;
  return (
    <ul className={styles.places}>
      {places}
      {further}
    </ul>
  );
}

interface BottomBarProps {
  places: readonly React.ReactElement[];
  /** What never has room in the bar. */
  further: React.ReactNode;
}

/** CSS pixels that a place takes in the bar at least. */
const placePx = 52;

/** As many places as there is room for, and a button that opens the rest. */
function BottomBar({ places, further }: BottomBarProps) {
  const bar = useRef<HTMLUListElement>(null);
  const { width } = useSize(bar);
  // One of them is the button.
  const room = Math.max(1, Math.floor(width / placePx) - 1);
  return (
    <ul className={styles.bar} ref={bar}>
      {places.slice(0, room)}
      <li className={styles.line}>
        <Suspense>
          <MorePlaces>
            {places.slice(room)}
            {further}
          </MorePlaces>
        </Suspense>
      </li>
    </ul>
  );
}
