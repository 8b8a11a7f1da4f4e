import { createLeases, type Leases } from './leases.ts';
import type { Session } from './session.ts';

/** Leases as advisory locks of the session: PostgreSQL itself gives them back when the session ends, and needs no clock for it. */
export function createPostgresqlLeases(session: Session): Leases {
  const { leases, loseAll } = createLeases({
    async lock(name) {
      const [row] = await session.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS is_locked', [
        lockOf(name),
      ]);
      return row?.is_locked === true;
    },
    unlock: (name) => session.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [lockOf(name)]),
  });
  session.onBreak(loseAll);
  return leases;
}

function lockOf(name: string): string {
  return `mediashelf lease ${name}`;
}
