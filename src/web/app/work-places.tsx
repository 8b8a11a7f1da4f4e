import { Link } from '@tanstack/react-router';
import { Activity, Boxes, Copy, DatabaseBackup, FolderSync, HeartPulse, Shrink, Trash2, Upload } from 'lucide-react';
import { useIsAdmin, useMayEdit } from '../api/use-viewer.ts';
import { texts } from '../words/texts.ts';
import { Place } from './place.tsx';

/** What is done to the library, for those who may do it. */
export function WorkPlaces() {
  const mayEdit = useMayEdit();
  const isAdmin = useIsAdmin();
  return (
    <>
      {mayEdit && (
        <Place icon={<Activity />} label={texts.nav.jobs}>
          <Link to="/jobs" search={{}} />
        </Place>
      )}
      {isAdmin && (
        <Place icon={<FolderSync />} label={texts.nav.scan}>
          <Link to="/scans/new" search={{}} />
        </Place>
      )}
      {mayEdit && (
        <Place icon={<Upload />} label={texts.nav.upload}>
          <Link to="/upload" />
        </Place>
      )}
      {mayEdit && (
        <Place icon={<Shrink />} label={texts.nav.proxies}>
          <Link to="/proxies" />
        </Place>
      )}
      {mayEdit && (
        <Place icon={<Copy />} label={texts.nav.duplicates}>
          <Link to="/duplicates" />
        </Place>
      )}
      {mayEdit && (
        <Place icon={<Trash2 />} label={texts.nav.trash}>
          <Link to="/trash" />
        </Place>
      )}
      <Place icon={<Boxes />} label={texts.nav.models}>
        <Link to="/models" search={{}} />
      </Place>
      {isAdmin && (
        <Place icon={<DatabaseBackup />} label={texts.nav.migration}>
          <Link to="/migration" />
        </Place>
      )}
      <Place icon={<HeartPulse />} label={texts.nav.status}>
        <Link to="/status" />
      </Place>
    </>
  );
}
