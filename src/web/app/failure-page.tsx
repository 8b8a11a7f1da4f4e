import type { ErrorComponentProps } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { base } from '../api/execute.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { texts } from '../words/texts.ts';

/** What is shown in the place of a page that failed. */
export function FailurePage({ error }: ErrorComponentProps) {
  const message = error instanceof Error ? error.message : String(error);
  const isMissingPart = /dynamically imported module|Importing a module/i.test(message);
  const answers = useAnswers(isMissingPart);
  if (isMissingPart && answers === null) return null;
  // A part of the page that is gone, of a service that answers, means that there is a newer page.
  const text = !isMissingPart
    ? texts.failure.unknown
    : answers === true
      ? texts.failure.updated
      : texts.failure.partMissing;
  return (
    <Notice text={text} detail={message}>
      <Button onClick={() => location.reload()}>{texts.failure.reload}</Button>
    </Notice>
  );
}

/** Whether the service answers at this moment; null while that is not known. */
function useAnswers(isAsked: boolean): boolean | null {
  const [answers, setAnswers] = useState<boolean | null>(null);
  useEffect(() => {
    if (!isAsked) return;
    fetch(new URL('health/live', base), { cache: 'no-store' }).then(
      ({ ok }) => setAnswers(ok),
      () => setAnswers(false),
    );
  }, [isAsked]);
  return answers;
}
