import { RateLimiterRes } from 'rate-limiter-flexible';
import { TooManyAttemptsError } from './access-errors.ts';
import { createAttemptLimiter, type AttemptLimiter, type CountingDatabase } from './attempt-limiter.ts';
import { hashSecret } from './token-secret.ts';

/** Counts wrong tokens by the address that sends them. */
export interface WrongTokens {
  /** Throws TooManyAttemptsError once the address has sent too many in this minute. */
  count(address: string): Promise<void>;
  /**
   * The same for a token that came in a cookie, once a minute: a browser whose token was revoked sends it again with every
   * picture of a page, and must not lock its own user out. Whoever guesses sends another one each time.
   */
  countCookie(address: string, token: string): Promise<void>;
}

/** Counts in the database what several nodes may see, which only PostgreSQL has, and else in memory. */
export function createWrongTokens(attemptsPerMinute: number, database: CountingDatabase | null = null): WrongTokens {
  const attempts = createAttemptLimiter('address', attemptsPerMinute, database);
  const cookies = createAttemptLimiter('cookie', 1, database);

  async function count(address: string): Promise<void> {
    const limit = await consume(attempts, address);
    if (limit !== null) throw new TooManyAttemptsError(Math.max(1, Math.ceil(limit.msBeforeNext / 1000)));
  }

  return {
    count,
    async countCookie(address, token) {
      const key = `${address} ${hashSecret(token)}`;
      if ((await consume(cookies, key)) !== null) return;
      try {
        await count(address);
      } catch (error) {
        // What is not counted is not remembered either: the memory for it is bounded by the limit.
        await cookies.delete(key);
        throw error;
      }
    },
  };
}

/** Returns null where the limit is not reached. */
async function consume(limiter: AttemptLimiter, key: string): Promise<RateLimiterRes | null> {
  try {
    await limiter.consume(key);
    return null;
  } catch (reason) {
    if (reason instanceof RateLimiterRes) return reason;
    throw reason;
  }
}
