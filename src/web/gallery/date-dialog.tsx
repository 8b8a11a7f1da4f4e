import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { describeFailure } from '../api/describe-failure.ts';
import { TakeKeys } from '../keys/held-keys.ts';
import { findDate, readDate } from '../list/dates.ts';
import type { ListFilter, ListOrder } from '../list/view.ts';
import { useDays } from '../media/use-days.ts';
import type { MediaList } from '../media/use-list.ts';
import { Button, IconButton } from '../ui/button.tsx';
import dialog from '../ui/dialog.module.css';
import { say } from '../ui/say.ts';
import { number, section as nameOf } from '../words/format.ts';
import { texts } from '../words/texts.ts';
import styles from './date-dialog.module.css';

interface DateDialogProps {
  list: MediaList;
  filter: ListFilter;
  order: ListOrder;
  onGo: (item: number) => void;
  onClose: () => void;
}

/** Leads to a year, a month or a day of a list in the order of time. */
export function DateDialog({ list: { index }, filter, order, onGo, onClose }: DateDialogProps) {
  const words = texts.list.date;
  const [text, setText] = useState('');
  const [isWrong, setWrong] = useState(false);
  const readDays = useDays(filter, order);
  const isTimeline = order.field === 'CAPTURED_AT';
  const go = async (date: string) => {
    onClose();
    try {
      const isDay = date.length > 'YYYY-MM'.length;
      onGo(findDate((isDay ? await readDays() : null) ?? index, date, order.direction));
    } catch (error) {
      say(describeFailure(error));
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const date = readDate(text);
    setWrong(date === undefined);
    if (date !== undefined) void go(date);
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.backdrop} />
        <Dialog.Popup className={dialog.popup} finalFocus={false}>
          <div className={dialog.head}>
            <Dialog.Title className={dialog.title}>{words.title}</Dialog.Title>
            <Dialog.Close render={<IconButton label={words.close} icon={<X />} />} />
          </div>
          {isTimeline ? (
            <>
              <form className={styles.form} onSubmit={submit}>
                <input
                  ref={(input) => input?.focus()}
                  className={styles.field}
                  value={text}
                  inputMode="numeric"
                  autoComplete="off"
                  aria-label={words.field}
                  aria-invalid={isWrong}
                  aria-describedby="date-hint"
                  onChange={({ target }) => {
                    setText(target.value);
                    setWrong(false);
                  }}
                />
                <TakeKeys />
                <Button kind="primary" render={<button type="submit" />}>
                  {words.go}
                </Button>
              </form>
              <p
                id="date-hint"
                className={styles.hint}
                data-wrong={isWrong || undefined}
                role={isWrong ? 'alert' : undefined}
              >
                {isWrong ? words.wrong : words.hint}
              </p>
              <ul className={styles.years} aria-label={words.years}>
                {yearsOf(index.sections).map(({ count, year }) => (
                  <li key={year}>
                    <button type="button" className={styles.year} onClick={() => void go(year)}>
                      {nameOf(year)} <span className={styles.count}>{number(count)}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </>
          ) : (
            <p className={dialog.lead}>{words.unordered}</p>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function yearsOf(sections: readonly { key: string; count: number }[]): { year: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { count, key } of sections) {
    const year = /^\d{4}/.exec(key)?.[0];
    if (year !== undefined) counts.set(year, (counts.get(year) ?? 0) + count);
  }
  return [...counts].map(([year, count]) => ({ year, count }));
}
