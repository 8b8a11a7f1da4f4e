import type { ErrorComponentProps } from '@tanstack/react-router';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { texts } from '../words/texts.ts';

/** What is shown in the place of a page that failed. */
export function FailurePage({ error }: ErrorComponentProps) {
  const message = error instanceof Error ? error.message : String(error);
  // A file of the page that is gone means that the service has a newer page.
  const isOutdated = /dynamically imported module|Importing a module/i.test(message);
  return (
    <Notice text={isOutdated ? texts.failure.updated : texts.failure.unknown} detail={message}>
      <Button onClick={() => location.reload()}>{texts.failure.reload}</Button>
    </Notice>
  );
}
