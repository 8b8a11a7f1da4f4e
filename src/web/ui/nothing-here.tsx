import { Link } from '@tanstack/react-router';
import { texts } from '../words/texts.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

/** What is shown at an address that the page does not have. */
export function NothingHere() {
  return (
    <Notice text={texts.failure.notFound}>
      <Button render={<Link to="/" />}>{texts.failure.home}</Button>
    </Notice>
  );
}
