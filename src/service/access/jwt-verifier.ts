import {
  createRemoteJWKSet,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
} from 'jose';
import type { JwtSettings } from '../../base/config/access-settings.ts';
import { UnauthenticatedError } from './access-errors.ts';
import { ServiceBusyError } from '../../base/errors/domain-error.ts';
import type { Principal } from './principal.ts';
import { highestRole } from './role.ts';

/** Rejects with UnauthenticatedError; with ServiceBusyError while the issuer's keys cannot be had. */
export type JwtVerifier = (token: string) => Promise<Principal>;

/** The role and the name (`preferred_username`, else `sub`) of signed JSON web tokens (RFC 7519). */
export function createJwtVerifier({ key, algorithm, issuer, audience, roleClaim }: JwtSettings): JwtVerifier {
  const options: JWTVerifyOptions = {
    algorithms: [algorithm],
    requiredClaims: ['exp'],
    clockTolerance: 30,
    ...(issuer !== undefined && { issuer }),
    ...(audience !== undefined && { audience }),
  };
  const verify = toVerify(key, options);

  return async (token) => {
    const payload = await verify(token).catch((error: unknown) => {
      if (error instanceof errors.JOSEError) throw new UnauthenticatedError(describe(error), { cause: error });
      throw error;
    });
    const role = highestRole(wordsOf(claimAt(payload, roleClaim)));
    if (role === null) {
      throw new UnauthenticatedError(`The token's claim ${roleClaim} names none of the roles viewer, editor, admin.`);
    }
    return { name: nameOf(payload), role, source: 'JWT' };
  };
}

function toVerify(key: JwtSettings['key'], options: JWTVerifyOptions): (token: string) => Promise<JWTPayload> {
  if ('secret' in key) {
    const secret = new TextEncoder().encode(key.secret);
    return async (token) => (await jwtVerify(token, secret, options)).payload;
  }
  const keys = toldFromTokens(createRemoteJWKSet(new URL(key.jwksUrl)));
  return async (token) => (await jwtVerify(token, keys, options)).payload;
}

/** An issuer that is away says nothing of the token: nobody is to throw it away, or to be counted for it. */
function toldFromTokens(keys: JWTVerifyGetKey): JWTVerifyGetKey {
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (!isOfIssuer(error)) throw error;
      throw new ServiceBusyError("The keys of the tokens' issuer cannot be fetched.", 5, { cause: error });
    }
  };
}

/** No answer, or one that holds no keys. */
function isOfIssuer(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError) || error.code === errors.JOSEError.code) return true;
  return error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid;
}

function describe(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  if (error instanceof errors.JWTClaimValidationFailed)
    return `The token's claim ${error.claim} is not as it has to be.`;
  return 'The token is not valid.';
}

function claimAt(payload: JWTPayload, path: string): unknown {
  // A claim may have a dot in its own name, as those with URLs for names do.
  if (Object.hasOwn(payload, path)) return payload[path];
  let value: unknown = payload;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

function wordsOf(claim: unknown): string[] {
  if (typeof claim === 'string') return claim.split(/[\s,]+/);
  return Array.isArray(claim) ? claim.filter((word) => typeof word === 'string') : [];
}

function nameOf({ sub, preferred_username: username }: JWTPayload): string {
  return typeof username === 'string' && username !== '' ? username : (sub ?? 'somebody');
}
