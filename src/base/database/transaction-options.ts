/**
 * Prisma's own limits, 2 s of waiting for its turn and 5 s of work, would fail what is only slow: on a busy machine, or beside another
 * process that writes. A renamed folder of a million items is moved in one transaction.
 */
export const transactionOptions = { maxWait: 60_000, timeout: 3_600_000 };
