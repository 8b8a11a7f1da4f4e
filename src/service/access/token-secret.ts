import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The parts of a token: the ID names its row, the secret proves that the caller owns it. */
export interface TokenParts {
  id: string;
  secret: string;
}

const prefix = 'msf';
const secretBytes = 32;

export function generateToken(): TokenParts & { token: string } {
  const id = randomBytes(6).toString('hex');
  const secret = randomBytes(secretBytes).toString('base64url');
  return { id, secret, token: `${prefix}_${id}_${secret}` };
}

/** Returns null for a text that is not a token of this service. */
export function parseToken(text: string): TokenParts | null {
  const [, id, secret] = /^msf_([0-9a-f]{12})_([\w-]{43})$/.exec(text) ?? [];
  return id === undefined || secret === undefined ? null : { id, secret };
}

/** Hashes fast on purpose: 256 random bits cannot be guessed, so a slow hash would gain nothing. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Compares in constant time: a wrong secret takes as long as the right one. */
export function isSecretOf(secret: string, secretHash: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(secret)), Buffer.from(secretHash));
}
