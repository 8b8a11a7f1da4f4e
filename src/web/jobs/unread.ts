import { useState } from 'react';
import { needsLook, type Job } from './job-facts.ts';

const key = 'jobsSeenAt';

/**
 * The jobs that ended since somebody last looked, in a way that somebody should look at. What ended before the first visit of this
 * browser is no news.
 */
export function useUnread(ended: readonly Job[]): { unread: readonly Job[]; markSeen: () => void } {
  const [seenAt, setSeenAt] = useState(() => read() ?? write(new Date().toISOString()));
  const newest =
    ended
      .map(({ finishedAt }) => finishedAt ?? '')
      .toSorted()
      .at(-1) ?? '';
  return {
    unread: unreadOf(ended, seenAt),
    // By the clock of the service, which made these times.
    markSeen: () => newest > seenAt && setSeenAt(write(newest)),
  };
}

export function unreadOf(ended: readonly Job[], seenAt: string): readonly Job[] {
  return ended.filter((job) => needsLook(job) && (job.finishedAt ?? '') > seenAt);
}

function read(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(time: string): string {
  try {
    localStorage.setItem(key, time);
  } catch {
    // Without storage it lasts as long as the page.
  }
  return time;
}
