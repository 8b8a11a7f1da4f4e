import { SettingsError } from './config-errors.ts';
import type { Environment } from './settings-schema.ts';

export interface JwtSettings {
  /** A secret that is shared with the issuer, or the address of the issuer's public keys. */
  key: { secret: string } | { jwksUrl: string };
  /** The only algorithm that is accepted: a token must not choose it. */
  algorithm: string;
  issuer?: string | undefined;
  audience?: string | undefined;
  /** Where the role or a list of roles stands, with dots between the names: `realm_access.roles`. */
  roleClaim: string;
}

export interface IdentityProxySettings {
  /** Addresses or networks (`10.0.0.0/8`) of the proxies that are believed. */
  addresses: readonly string[];
  /** Name of the header with the user, such as `remote-user`. */
  userHeader: string;
  /**
   * Name of the header with a comma-separated list, such as `remote-groups`, that may hold `viewer`, `editor` and
   * `admin`.
   */
  rolesHeader: string;
}

/**
 * Null where no key is given. Throws SettingsError for both keys, and for an algorithm that does not go with the key.
 */
export function readJwtSettings(given: Environment): JwtSettings | null {
  const { JWT_SECRET: secret, JWT_JWKS_URL: jwksUrl, JWT_ALGORITHM: algorithm } = given;
  if (secret === undefined && jwksUrl === undefined) return null;
  if (secret !== undefined && jwksUrl !== undefined) {
    throw faultOf('JWT_SECRET', 'a value, as does JWT_JWKS_URL', 'only one of the two');
  }
  const isShared = algorithm?.startsWith('HS') ?? secret !== undefined;
  if (isShared !== (secret !== undefined)) {
    throw faultOf(
      'JWT_ALGORITHM',
      JSON.stringify(algorithm),
      `one for ${secret ? 'a shared secret: HS256' : 'public keys: RS256'}`,
    );
  }
  return {
    key: secret === undefined ? { jwksUrl: jwksUrl as string } : { secret },
    algorithm: algorithm ?? (secret === undefined ? 'RS256' : 'HS256'),
    issuer: given.JWT_ISSUER,
    audience: given.JWT_AUDIENCE,
    roleClaim: given.JWT_ROLE_CLAIM,
  };
}

/** Null where no proxy is trusted. */
export function readIdentityProxySettings(given: Environment): IdentityProxySettings | null {
  const { TRUSTED_PROXIES: addresses, PROXY_USER_HEADER: userHeader, PROXY_ROLES_HEADER: rolesHeader } = given;
  return addresses.length === 0 ? null : { addresses, userHeader, rolesHeader };
}

function faultOf(key: string, found: string, expected: string): SettingsError {
  return new SettingsError([{ key, found, expected }]);
}
