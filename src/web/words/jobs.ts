import { bytes, duration, moment, number } from './format.ts';
import { items } from './items.ts';

/** Work that outlasts a request, wherever it is seen: as a line, as a toast, in the bell. */
export const jobTexts = {
  names: {
    scan: 'Scan',
    look: 'Plan of a scan',
    apply: 'Planned scan',
    /** At most three are named. */
    of: (name: string, things: readonly string[]) =>
      things.length > 3 ? `${name} of ${number(things.length)} places` : `${name} of ${things.join(', ')}`,
    proxies: 'Image proxies',
    proxyCount: 'Count of the image proxies that are needed',
    migration: 'Migration of the earlier library',
    hash: 'SHA-256 of files',
    bulk: {
      UPDATE: 'Change of items',
      HIDE: 'Removal of items',
      RESTORE: 'Restoring of items',
      DELETE: 'Deletion for good',
    },
  },
  running: {
    UPDATE: 'Changing',
    HIDE: 'Removing',
    RESTORE: 'Restoring',
    DELETE: 'Deleting for good',
    SCAN: 'Scanning',
    IMAGE_PROXY: 'Making proxies',
    HASH: 'Hashing',
    LEGACY_MIGRATION: 'Taking over',
  } as Record<string, string>,
  states: {
    QUEUED: 'Waits for its turn',
    RUNNING: 'Runs',
    CANCELLING: 'Is being stopped',
    SUCCEEDED: 'Done',
    SUCCEEDED_WITH_ERRORS: 'Done, but for some',
    FAILED: 'Failed',
    CANCELLED: 'Stopped',
    HELD: 'Waits for you',
  },
  planned: 'Planned, nothing was changed',
  done: {
    UPDATE: (count: number) => `${items(count)} changed`,
    HIDE: (count: number) => `${items(count)} removed`,
    RESTORE: (count: number) => `${items(count)} restored`,
    DELETE: (count: number) => `${items(count)} deleted for good`,
  },
  added: (count: number) => `${number(count)} new`,
  moved: (count: number) => `${number(count)} moved`,
  updated: (count: number) => `${number(count)} changed`,
  lost: (count: number) => `${number(count)} lost`,
  nothingToDo: 'Nothing had changed',
  proxies: (count: number) => items(count, 'proxy', 'proxies'),
  needed: (count: number) => `${items(count, 'photo')} ${count === 1 ? 'needs' : 'need'} one`,
  instead: (less: number, than: number) => `${bytes(less)} instead of ${bytes(than)}`,
  hashed: (count: number) => `${items(count, 'file')} hashed`,
  conflicts: (count: number) => items(count, 'conflict'),
  unchanged: (count: number) => `${number(count)} as wanted already`,
  failed: (count: number) => `${items(count)} could not be changed.`,
  failures: (count: number) => `${number(count)} failed`,
  broke: 'The work ended before its end.',
  took: (seconds: number) => `took ${duration(seconds)}`,
  gone: 'This work is not known any more.',
  undo: 'Undo',
  cancel: (name: string) => `Stop: ${name}`,
  progress: (done: number, total: number | null) =>
    total === null ? number(done) : `${number(done)} of ${number(total)}`,
  amount: (done: number, total: number) => `${bytes(done)} of ${bytes(total)}`,
  saved: (size: number) => `${bytes(size)} saved`,
  rate(perSecond: number) {
    const isSlow = perSecond < 1;
    return `${number(Math.round(isSlow ? perSecond * 60 : perSecond))} a ${isSlow ? 'minute' : 'second'}`;
  },
  left(seconds: number) {
    if (seconds < 60) return 'less than a minute left';
    const minutes = Math.round(seconds / 60);
    if (minutes < 60) return `${number(minutes)} min left`;
    return `${number(Math.floor(minutes / 60))} h ${number(minutes % 60)} min left`;
  },
  bell: {
    label: (running: number, failed: number) =>
      ['Work', running > 0 && `${number(running)} at work`, failed > 0 && `${number(failed)} to look at`]
        .filter(Boolean)
        .join(', '),
    title: 'Work',
    all: 'All work',
    nothing: 'Nothing is at work, and nothing was.',
  },
  /** Who asked for it; the service has names of its own for those who are nobody. */
  by(name: string | null | undefined, at: string) {
    const who = name === null || name === undefined ? '' : (nobodies[name] ?? `by ${name}`);
    return `${who} ${moment(at)}`.trim();
  },
};

const nobodies: Record<string, string> = {
  everybody: 'from this open service',
  'command line': 'from the command line',
  start: 'at the start of the service',
  schedule: 'by the schedule',
  watch: 'since files changed',
};
