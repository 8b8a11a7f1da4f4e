import { Link } from '@tanstack/react-router';
import { Activity, Trash2, Upload } from 'lucide-react';
import { useMayEdit } from '../api/use-viewer.ts';
import { texts } from '../words/texts.ts';
import { Place } from './place.tsx';

/** What is done to the library, for those who may do it. */
export function WorkPlaces() {
  const mayEdit = useMayEdit();
  return (
    <>
      {mayEdit && (
        <Place icon={<Upload />} label={texts.nav.upload}>
          <Link to="/upload" />
        </Place>
      )}
      {mayEdit && (
        <Place icon={<Trash2 />} label={texts.nav.trash}>
          <Link to="/trash" />
        </Place>
      )}
      <Place icon={<Activity />} label={texts.nav.status}>
        <Link to="/status" />
      </Place>
    </>
  );
}
