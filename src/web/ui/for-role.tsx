import { Link } from '@tanstack/react-router';
import { mayAct, useViewer, type Viewer } from '../api/use-viewer.ts';
import { texts } from '../words/texts.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

interface ForRoleProps {
  /** Who ranks lowest of those who see it. */
  least: 'EDITOR' | 'ADMIN';
  children: React.ReactNode;
}

/** A page for some; others who come by a link are told for whom it is. */
export function ForRole({ least, children }: ForRoleProps) {
  const { viewer } = useViewer();
  if (viewer === null) return null;
  if (mayAct(viewer, least)) return children;
  return (
    <Notice text={texts.failure.forRole[least](roleOf(viewer))}>
      <Button render={<Link to="/" />}>{texts.failure.home}</Button>
    </Notice>
  );
}

function roleOf({ role }: Viewer): string {
  return texts.account.roles[role].toLowerCase();
}
