import { bytes, moment, number } from './format.ts';
import { items } from './items.ts';

/** The state of the service. */
export const statusTexts = {
  title: 'Status',
  allWorks: 'Everything works.',
  troubles: (names: readonly string[]) => `${names.join(', ')}: something is wrong.`,
  silent: (since: string) => `The service does not answer. This is how it was at ${moment(since)}.`,
  components: {
    title: 'Parts',
    names: { database: 'Database', copyparty: 'copyparty', objectStorage: 'Object storage' },
    purposes: {
      database: 'The catalogue is in it.',
      copyparty: 'Files and thumbnails come from it.',
      objectStorage: 'Images are handed over for analysis there.',
    },
    states: { OK: 'Works', DOWN: 'Is down', NOT_CONFIGURED: 'Not set up' },
    noDetail: 'An administrator can see why.',
  },
  service: {
    title: 'Service',
    version: 'Version',
    uptime: 'Runs for',
    workers: 'Workers',
    workersAt: (busy: number, total: number, waiting: number) =>
      waiting === 0
        ? `${number(busy)} of ${number(total)} at work`
        : `${number(busy)} of ${number(total)} at work, ${items(waiting, 'task waits', 'tasks wait')}`,
    queue: 'Jobs',
    queueAt: (running: number, queued: number) =>
      running + queued === 0 ? 'None under way' : `${number(running)} under way, ${number(queued)} waiting`,
    thumbnails: 'Thumbnails kept',
    bytes,
    ahead: 'Thumbnails made ahead',
    aheadStates: {
      IDLE: 'All are made',
      WORKING: 'Being made',
      WAITING: 'Waits while others need the machine',
      CACHE_FULL: 'The cache is full: no more are made',
    },
    aheadAt: (state: string, left: number) => (left === 0 ? state : `${state}, ${items(left)} left`),
  },
  disks: {
    title: 'Disks',
    none: 'No category is configured.',
    free: (free: number, total: number) => `${bytes(free)} free of ${bytes(total)}`,
    unknown: 'Free space unknown',
    nearlyFull: 'Nearly full',
    away: (reason: string | null) => (reason === null ? 'The disk is away.' : `The disk is away: ${reason}.`),
    unreadable: 'The service may not read this folder.',
    readOnly: 'Read only: uploads to it are refused.',
    scanned: (iso: string) => `Scanned ${moment(iso)}`,
    neverScanned: 'Never scanned',
  },
  config: {
    title: 'Configuration',
    lead: (path: string, loadedAt: string) => `${path}, read ${moment(loadedAt)}`,
    good: (categories: number) => `It is good: ${items(categories, 'category', 'categories')}.`,
    warnings: (count: number) => `It is in force, with ${items(count, 'thing')} that you may not have meant:`,
    faults: 'What is wrong',
    warned: 'What you may not have meant',
    reload: 'Read it again',
    reloading: 'Reading',
    reloaded: 'The configuration was read again and is in force.',
    kept: 'The last good configuration stays in force.',
    line: 'Line',
    column: 'Column',
    key: 'Key',
    found: 'Found',
    expected: 'Expected',
    message: 'What',
    everywhere: 'whole file',
  },
  span,
} as const;

/** Returns a time that something lasted, by its two largest units: `3 days 4 hours`. */
function span(seconds: number): string {
  const units = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
    ['second', 1],
  ] as const;
  const first = units.findIndex(([, size]) => seconds >= size);
  if (first === -1) return items(0, 'second');
  const [[name, size], next] = [units[first] ?? units[3], units[first + 1]];
  const rest = next === undefined ? 0 : Math.floor((seconds % size) / next[1]);
  const whole = items(Math.floor(seconds / size), name);
  return rest === 0 || next === undefined ? whole : `${whole} ${items(rest, next[0])}`;
}
