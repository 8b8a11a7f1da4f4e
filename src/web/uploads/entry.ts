/** Where a file is on its way: `lost` waits for the person to give it again, `refused` and `failed` will not go on by themselves. */
export type UploadState =
  | 'waiting'
  | 'checking'
  | 'sending'
  | 'paused'
  | 'lost'
  | 'stored'
  | 'known'
  | 'refused'
  | 'failed';

export type MediaKind = 'IMAGE' | 'VIDEO' | 'AUDIO';

/** One file that is to be uploaded; everything but its bytes, as it outlives a reload. */
export interface UploadEntry {
  readonly id: string;
  readonly name: string;
  /** Below which it is placed, with slashes; '' for the root. */
  readonly folder: string;
  size: number;
  /** Milliseconds, as the browser tells them. */
  lastModified: number;
  /** By its name and what the browser makes of it; null where neither says. */
  readonly kind: MediaKind | null;
  state: UploadState;
  sentBytes: number;
  /** Where the service takes its next bytes; null before the first. */
  url: string | null;
  sha256: string | null;
  /** How far its SHA-256 is, while that is calculated. */
  hashedBytes: number;
  /** The category that it was begun for; null: by its kind. */
  category: string | null;
  /** Stored also where its bytes are there already. */
  allowDuplicate: boolean;
  /** The item that it became, or that has its bytes. */
  item: { id: string; title: string } | null;
  /** Why it waits, or why not. */
  message: string | null;
  /** What has to be allowed again before the file can be read; null: the file has to be chosen again. */
  root: string | null;
  /** The page that works on it. */
  owner: string;
}

/** A file as a person gave it, before anything was read of it. */
export interface GivenFile {
  name: string;
  folder: string;
  size: number;
  lastModified: number;
  type: string;
}

const endedStates: ReadonlySet<UploadState> = new Set(['stored', 'known', 'refused', 'failed']);

export function hasEnded({ state }: Pick<UploadEntry, 'state'>): boolean {
  return endedStates.has(state);
}

/** Compares two by when they were given: to a page, and among those of the page. */
export function byGiven(a: Pick<UploadEntry, 'id'>, b: Pick<UploadEntry, 'id'>): number {
  const [pageA, pageB] = [pageOf(a.id), pageOf(b.id)];
  if (pageA !== pageB) return pageA < pageB ? -1 : 1;
  return Number(a.id.slice(pageA.length + 1)) - Number(b.id.slice(pageB.length + 1));
}

const pageOf = (id: string) => id.slice(0, id.lastIndexOf('-'));

/** What a file is known by when it is given again. */
export function fingerprint({ folder, name, size, lastModified }: Omit<GivenFile, 'type'>): string {
  return JSON.stringify([folder, name, size, lastModified]);
}

export interface UploadSummary {
  counts: Record<UploadState, number>;
  total: number;
  /** Of what is not refused. */
  totalBytes: number;
  /** That need not be sent any more. */
  doneBytes: number;
  /** Whether something is under way, or would be if nobody had paused it. */
  isOpen: boolean;
}

/** Whether anything of a queue is still to be done, by itself or by a person. */
export function isUnfinished({ counts, total }: Pick<UploadSummary, 'counts' | 'total'>): boolean {
  return total > counts.stored + counts.known + counts.refused + counts.failed;
}

/** Adds up a queue; some milliseconds for a hundred thousand files. */
export function summarise(entries: Iterable<UploadEntry>): UploadSummary {
  const counts: Record<UploadState, number> = {
    waiting: 0,
    checking: 0,
    sending: 0,
    paused: 0,
    lost: 0,
    stored: 0,
    known: 0,
    refused: 0,
    failed: 0,
  };
  let [total, totalBytes, doneBytes] = [0, 0, 0];
  for (const { state, size, sentBytes } of entries) {
    total += 1;
    counts[state] += 1;
    if (state === 'refused' || state === 'failed') continue;
    totalBytes += size;
    doneBytes += state === 'stored' || state === 'known' ? size : Math.min(size, sentBytes);
  }
  return { counts, total, totalBytes, doneBytes, isOpen: counts.waiting + counts.checking + counts.sending > 0 };
}
