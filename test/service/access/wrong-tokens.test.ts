import { expect, it } from 'vitest';
import { TooManyAttemptsError } from '../../../src/service/access/access-errors.ts';
import type { CountingDatabase } from '../../../src/service/access/attempt-limiter.ts';
import { createWrongTokens } from '../../../src/service/access/wrong-tokens.ts';
import { describeOnPostgresql } from '../../support/databases.ts';

describeOnPostgresql('wrong tokens', (open) => {
  it('are counted for all nodes together, an address at a time', async () => {
    const nodes = [createWrongTokens(3, await open()), createWrongTokens(3, await open())] as const;
    const [a, b] = nodes;
    await a.count('10.0.0.1');
    await b.count('10.0.0.1');
    await a.count('10.0.0.1');
    for (const node of nodes) {
      const refused: unknown = await node.count('10.0.0.1').catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(TooManyAttemptsError);
      expect((refused as TooManyAttemptsError).retryAfterSeconds).toBeLessThanOrEqual(60);
    }
    await b.count('10.0.0.2');
  });

  it('of a browser count once, whichever nodes it asks', async () => {
    const [a, b] = [createWrongTokens(2, await open()), createWrongTokens(2, await open())];
    for (const node of [a, b, a, b]) await node.countCookie('10.0.0.1', 'revoked');
    await b.countCookie('10.0.0.1', 'guessed');
    await expect(a.countCookie('10.0.0.1', 'guessed again')).rejects.toBeInstanceOf(TooManyAttemptsError);
    await a.countCookie('10.0.0.1', 'revoked');
  });
});

it('are counted by each node where the database is away', async () => {
  const away = {
    provider: 'postgresql',
    prisma: { $queryRawUnsafe: async () => Promise.reject(new Error('it is away')) },
  };
  const wrong = createWrongTokens(1, away as unknown as CountingDatabase);
  await wrong.count('10.0.0.1');
  await expect(wrong.count('10.0.0.1')).rejects.toBeInstanceOf(TooManyAttemptsError);
});
