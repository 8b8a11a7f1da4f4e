import { setPriority } from 'node:os';

/** One in ten to a process of the usual priority. With the lowest one, 19, a busy neighbour starves a worker (ADR 70). */
const priority = 10;

/** Gives a process, or a thread of Linux, a low priority: the main loop answers requests while workers compute. */
export function giveWay(id: number): void {
  try {
    setPriority(id, priority);
  } catch {
    // It has ended already, or a sandbox forbids it, as the unit of systemd does: then it runs at the same priority.
  }
}
