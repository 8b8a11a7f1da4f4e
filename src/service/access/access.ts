import type { JwtSettings, IdentityProxySettings } from '../../base/config/access-settings.ts';
import type { Database } from '../../base/database/database.ts';
import { createApiTokens } from './api-tokens.ts';
import { createAuthenticator, type Authenticator } from './authenticator.ts';
import { createJwtVerifier } from './jwt-verifier.ts';
import { parseNameList } from './name-list.ts';
import { createIdentityProxyReader } from './identity-proxy-reader.ts';
import { createSigningKeyStore } from './signing-keys.ts';
import { createUrlSigner, type UrlSigner } from './url-signer.ts';

/** Decides who may use the service: callers with a token, users of the identity proxy, and bearers of signed URLs. */
export interface Access extends Authenticator {
  urls: Pick<UrlSigner, 'sign' | 'verify'>;
  close(): void;
}

interface AccessOptions {
  database: Database;
  jwt: JwtSettings | null;
  identityProxy: IdentityProxySettings | null;
  roleGroups: { viewer: string; editor: string; admin: string };
  wrongTokensPerMinute: number;
  urlLifetimeMs: number;
}

export async function createAccess({
  database,
  jwt,
  identityProxy,
  roleGroups,
  wrongTokensPerMinute,
  urlLifetimeMs,
}: AccessOptions): Promise<Access> {
  const groups = {
    VIEWER: parseNameList(roleGroups.viewer),
    EDITOR: parseNameList(roleGroups.editor),
    ADMIN: parseNameList(roleGroups.admin),
  };
  const authenticator = createAuthenticator({
    tokens: createApiTokens(database),
    verifyJwt: jwt && createJwtVerifier(jwt, groups),
    readIdentityProxy: identityProxy && createIdentityProxyReader(identityProxy, groups),
    attemptsPerMinute: wrongTokensPerMinute,
    database,
  });
  const urls = await createUrlSigner({ store: createSigningKeyStore(database), lifetimeMs: urlLifetimeMs });
  return { ...authenticator, urls, close: () => urls.close() };
}
