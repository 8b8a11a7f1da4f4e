import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { texts } from '../words/texts.ts';

/** A text of any length: its beginning, with the rest at a click, so that what stands below is still found. */
export function LongText({ text }: { text: string }) {
  const [isWhole, setWhole] = useState(false);
  if (text.length <= mostSigns + mostSigns / 4) return text;
  return (
    <>
      {isWhole ? text : `${beginningOf(text)}…`}{' '}
      <Button kind="quiet" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
        {isWhole ? texts.details.showLess : texts.details.showAll(text.length)}
      </Button>
    </>
  );
}

const mostSigns = 400;

/** Without half of a sign that has two code units. */
function beginningOf(text: string): string {
  return text
    .slice(0, mostSigns)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
}
