import { bytes, moment, number } from './format.ts';
import { items } from './items.ts';

type Kind = 'ADD' | 'UPDATE' | 'MOVE' | 'LOSS';

const changes: Record<Kind, (count: number) => string> = {
  ADD: (count) => `${number(count)} new`,
  MOVE: (count) => `${number(count)} moved`,
  UPDATE: (count) => `${number(count)} changed`,
  LOSS: (count) => `${number(count)} lost`,
};

/** Starting a scan, and the review of what one would do. */
export const scanTexts = {
  start: {
    title: 'Scan',
    lead: 'A scan brings the catalogue in step with the disks. It changes no file.',
    categories: 'Categories',
    allHint: 'None chosen: all of them.',
    scanned: (at: string) => `scanned ${moment(at)}`,
    never: 'never scanned',
    offline: (reason: string | null) => (reason === null ? 'its disk is away' : `away: ${reason}`),
    places: 'Only some places',
    placesHint: 'A folder or file a line, beginning with the key of its category, such as photos/2024/Alps.',
    full: 'Look at every file, also in folders that seem unchanged',
    adopt: 'Take the folders that are there now for the roots',
    adoptHint: 'For a new disk in the place of an old one. Files that are not on it count as lost.',
    plan: 'Plan first',
    planHint: 'Nothing is changed until you have seen what would be.',
    now: 'Scan now',
    running: 'A scan is at work',
    times: 'Scans that come by themselves',
    next: (at: string, pattern: string) => `The next one of everything: ${moment(at)} (${pattern}).`,
    noSchedule: 'None by the clock: SCAN_SCHEDULE is not set.',
    watching: 'What changes on the disks is scanned as it changes.',
    notWatching: 'Changes wait for the next scan: WATCH is off.',
  },
  plan: {
    holds: 'It holds until the disk changes.',
    running: 'The plan is here as soon as it is made.',
    nothing: 'The catalogue is in step with the disk: there is nothing to do.',
    dropped: 'This plan is not kept any more: only the newest ten are.',
    anew: 'Plan anew',
    changes,
    include: (count: string) => `Do ${count}`,
    chosen: 'What to do',
    apply: (parts: readonly string[]) => `Apply ${list(parts)}`,
    applyAll: (count: number, lost: number) =>
      lost === 0 ? `Apply all ${number(count)}` : `Apply all ${number(count)}, and mark ${number(lost)} as missing`,
    lossHint:
      'Lost files are marked as missing. Their items stay, with all that was said of them, and come back with the file.',
    mayNot: 'An administrator can apply it.',
    search: 'Search in the plan',
    category: 'Category',
    anyCategory: 'All categories',
    noneFound: 'Nothing in the plan matches.',
    sections: {
      LOSS: 'Lost: the file is not there any more',
      MOVE: 'Moved: the item follows its file',
      UPDATE: 'Changed, or back again',
      ADD: 'New',
    } satisfies Record<Kind, string>,
    together: {
      ADD: (count: string) => `${count} files in one folder`,
      UPDATE: (count: string) => `${count} files in one folder`,
      LOSS: (count: string) => `${count} files of one folder`,
      MOVE: (count: string) => `${count} files moved together`,
    } satisfies Record<Kind, (count: string) => string>,
    renamed: (count: string) => `${count} files renamed`,
    count: (count: number, hasMore: boolean) => `${number(count)}${hasMore ? ' and more' : ''}`,
    from: 'from',
    to: 'to',
    top: 'the top folder',
    show: (name: string) => `Show the files: ${name}`,
    more: 'Show more',
    size: bytes,
    applied: 'Applied',
    applying: 'Being applied',
    outdated: 'The disk has changed since the plan was made. Nothing was changed.',
    other: 'Somebody else is scanning these categories',
  },
  hold: {
    title: (label: string) => `${label} is held back`,
    losses: (lost: number, of: number) =>
      `${items(lost, 'file')} of ${number(of)} (${number(Math.round((100 * lost) / Math.max(1, of)))} %) would be lost. Nothing was changed there.`,
    moves: 'Files moved from or to a category that is held. Nothing was changed there.',
    todo: 'Are they gone on purpose? Apply the plan. Is a disk or a folder away? Bring it back, and plan anew.',
  },
  offline: {
    title: (label: string) => `${label} was not scanned`,
    todo: 'Its items keep their state. Mount its disk and scan again; or, if this folder is its root from now on, take it.',
    adopt: 'Scan, and take this folder',
  },
  failed: (count: number) => `${items(count, 'file')} could not be looked at`,
  errors: 'See what failed',
};

function list(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
