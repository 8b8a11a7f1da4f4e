import { settingsTexts } from '../words/settings.ts';

/** The moments of a token, by RFC 3339. */
interface Life {
  createdAt: string;
  expiresAt?: string | null;
  revokedAt?: string | null;
  lastUsedAt?: string | null;
}

/** Whether the token lets nobody in any more. */
export function isOver({ expiresAt, revokedAt }: Pick<Life, 'expiresAt' | 'revokedAt'>, now: Date): boolean {
  return typeof revokedAt === 'string' || (typeof expiresAt === 'string' && new Date(expiresAt) <= now);
}

/** Says when it was made and used, and when it ends. */
export function lifeOf({ createdAt, expiresAt, lastUsedAt, revokedAt }: Life, now: Date): string[] {
  const { tokens: texts } = settingsTexts;
  const life: string[] = [texts.madeAt(createdAt)];
  life.push(typeof lastUsedAt === 'string' ? texts.used(lastUsedAt) : texts.neverUsed);
  if (typeof revokedAt === 'string') life.push(texts.revokedAt(revokedAt));
  else if (typeof expiresAt === 'string') {
    life.push(new Date(expiresAt) <= now ? texts.ended(expiresAt) : texts.ends(expiresAt));
  }
  return life;
}
