import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A token in its parts: the ID says which it is, the secret proves it. */
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

/** Null for what is no token of this service. */
export function parseToken(text: string): TokenParts | null {
  const [, id, secret] = /^msf_([0-9a-f]{12})_([\w-]{43})$/.exec(text) ?? [];
  return id === undefined || secret === undefined ? null : { id, secret };
}

/** Fast on purpose: 256 random bits cannot be guessed, so nothing is won by a slow hash. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Takes as long for a wrong secret as for the right one. */
export function isSecretOf(secret: string, secretHash: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(secret)), Buffer.from(secretHash));
}
