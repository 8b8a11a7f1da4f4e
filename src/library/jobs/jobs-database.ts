import type { Database } from '../../base/database/database.ts';

/** What jobs need of the database. */
export type JobsDatabase = Pick<Database, 'provider' | 'prisma' | 'write' | 'writeReturning'>;
