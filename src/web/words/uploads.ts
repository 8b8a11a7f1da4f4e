import { bytes, duration, number } from './format.ts';
import { items } from './items.ts';

type Kind = 'IMAGE' | 'VIDEO' | 'AUDIO';
type Holder = { label: string; mediaType: Kind };

const kinds = { IMAGE: 'photos', VIDEO: 'films', AUDIO: 'music' } as const;

const whatFits = (targets: readonly Holder[]): string =>
  `Here fit: ${targets.map(({ label, mediaType }) => `${kinds[mediaType]} (${label})`).join(', ')}.`;

/** The uploads: their page, and the panel that is on every page while they run. */
export const uploadTexts = {
  title: 'Upload',
  lead: 'Drop files and folders on any page, or paste them. Folders keep their structure.',
  chooseFiles: 'Choose files',
  chooseFolder: 'Choose a folder',
  limit: (most: number) => `A file may have ${bytes(most)} at most.`,
  empty: 'Nothing to upload. Drop files here, or choose them above.',
  nothingInIt: 'There is nothing to upload in it.',
  inQueue: 'All of it is in the queue already.',
  walking: (count: number) => `Looking through folders: ${items(count, 'file')} so far`,
  targets: 'Where they go',
  kinds: { IMAGE: 'Photos go to', VIDEO: 'Films go to', AUDIO: 'Music goes to' },
  lookFirst: 'Look first whether the service has the same bytes',
  queue: 'Queue',
  groups: {
    all: 'All',
    open: 'To do',
    waiting: 'Needs you',
    refused: 'Not taken',
    done: 'Done',
  },
  more: (count: number) => `Show ${number(Math.min(count, 200))} more`,
  progress: (done: number, total: number, sent: number, all: number) =>
    `${number(done)} of ${items(total, 'file')}, ${bytes(sent)} of ${bytes(all)}`,
  rate: (perSecond: number) => `${bytes(Math.round(perSecond))}/s`,
  left: (seconds: number) => (seconds < 5 ? 'almost done' : `${duration(seconds)} left`),
  finished: (stored: number, known: number, refused: number) =>
    [
      `${items(stored, 'file')} uploaded`,
      ...(known > 0 ? [`${number(known)} were here already`] : []),
      ...(refused > 0 ? [`${number(refused)} not taken`] : []),
    ].join(', '),
  states: {
    waiting: 'Waits',
    checking: 'Looking whether it is here already',
    sending: 'Sending',
    paused: 'Paused',
    lost: 'Choose the file again to go on',
    stored: 'Uploaded',
    known: 'Was here already',
    refused: 'Not taken',
    failed: 'Failed',
  },
  hashed: (done: number, size: number) => `Looking whether it is here already: ${bytes(done)} of ${bytes(size)}`,
  keptPart: (sent: number) => `Choose the file again to go on: ${bytes(sent)} are there.`,
  allowAgain: (count: number) => `Read ${items(count, 'file')} again`,
  allowHint: 'The browser asks before it reads them after a restart.',
  changed: 'The file has changed since: it is sent from its beginning.',
  unreadable: 'The file cannot be read any more. Choose it again.',
  signedOut: 'Waits until you are signed in again.',
  trouble: {
    away: 'The service does not answer. What was sent stays; this goes on by itself.',
    busy: (seconds: number) => `The service is busy. Going on in ${items(seconds, 'second')}.`,
    disk: (message: string) => `Stopped: ${message}`,
  },
  refused: {
    empty: 'The file is empty.',
    tooLarge: (size: number, most: number) => `The file has ${bytes(size)}; here a file may have ${bytes(most)}.`,
    noMedium: (targets: readonly Holder[]) => `This is no photo, film or music by its name. ${whatFits(targets)}`,
    noCategory: (kind: Kind, targets: readonly Holder[]) =>
      `No category here holds ${kinds[kind]}. ${whatFits(targets)}`,
    onTheWay:
      'Something between this browser and the service takes no request of that size, such as a reverse proxy. Whoever runs it can raise its limit.',
    unsupported: (message: string, targets: readonly Holder[]) => `${message} ${whatFits(targets)}`,
  },
  pause: 'Pause',
  goOn: 'Go on',
  pauseAll: 'Pause all',
  resumeAll: 'Go on with all',
  retry: 'Try again',
  sendAnyway: 'Send it all the same',
  storeAnyway: 'Store it a second time',
  remove: 'Remove from the queue',
  clearDone: 'Clear what is done',
  openItem: (title: string) => `Open ${title}`,
  show: 'Show the queue',
  hide: 'Hide',
} as const;
