import { describeFailure } from '../api/describe-failure.ts';
import { stepSection } from '../list/dates.ts';
import type { ListFilter, ListOrder } from '../list/view.ts';
import { useDays } from '../media/use-days.ts';
import type { MediaList } from '../media/use-list.ts';
import { say } from '../ui/say.ts';

interface TimeStepsOptions {
  list: MediaList;
  filter: ListFilter;
  order: ListOrder;
  focused: number;
  onGo: (item: number) => void;
}

/** The keys that lead by a day, a month or a year. */
export function useTimeSteps({ list: { index }, filter, order, focused, onGo }: TimeStepsOptions) {
  const readDays = useDays(filter, order);
  const byDay = (by: 1 | -1) => () =>
    void readDays().then(
      (days) => days !== null && onGo(stepSection(days, focused, by, 'YYYY-MM-DD'.length)),
      (error: unknown) => say(describeFailure(error)),
    );
  const bySection = (by: 1 | -1, digits: number) => () => onGo(stepSection(index, focused, by, digits));
  return {
    nextDay: byDay(1),
    previousDay: byDay(-1),
    nextSection: bySection(1, 'YYYY-MM'.length),
    previousSection: bySection(-1, 'YYYY-MM'.length),
    nextYear: bySection(1, 'YYYY'.length),
    previousYear: bySection(-1, 'YYYY'.length),
  };
}
