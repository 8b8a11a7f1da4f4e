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
import { highestRole, type RoleGroups } from './role.ts';

/** Rejects with UnauthenticatedError; with ServiceBusyError while the issuer's keys cannot be fetched. */
export type JwtVerifier = (token: string) => Promise<Principal>;

/** Verifies signed JSON web tokens (RFC 7519), and reads the role and the name (`preferred_username`, else `sub`). */
export function createJwtVerifier(
  { key, algorithm, issuer, audience, roleClaim }: JwtSettings,
  roleGroups: RoleGroups = {},
): JwtVerifier {
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
    const role = highestRole(wordsOf(claimAt(payload, roleClaim)), roleGroups);
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
  const keys = withIssuerFaults(createRemoteJWKSet(new URL(key.jwksUrl)));
  return async (token) => (await jwtVerify(token, keys, options)).payload;
}

/** Reports a missing issuer as ServiceBusyError: the token may be good, and must not count as a wrong one. */
function withIssuerFaults(keys: JWTVerifyGetKey): JWTVerifyGetKey {
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (!isIssuerFault(error)) throw error;
      throw new ServiceBusyError("The keys of the tokens' issuer cannot be fetched.", 5, { cause: error });
    }
  };
}

/** Whether the issuer did not answer, or its answer holds no keys. */
function isIssuerFault(error: unknown): boolean {
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
  // The name of a claim may have dots itself, as a URL has.
  if (Object.hasOwn(payload, path)) return payload[path];
  let value: unknown = payload;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

function wordsOf(claim: unknown): string[] {
  if (typeof claim === 'string') return [claim, ...claim.split(/[\s,]+/)];
  return Array.isArray(claim) ? claim.filter((word) => typeof word === 'string') : [];
}

function nameOf({ sub, preferred_username: username }: JWTPayload): string {
  return typeof username === 'string' && username !== '' ? username : (sub ?? 'somebody');
}
