import type { IncomingHttpHeaders } from 'node:http';
import type { IdentityProxySettings } from '../../base/config/access-settings.ts';
import { createAddressMatcher } from '../../base/config/address-list.ts';
import type { Principal } from './principal.ts';
import { decodeHeader, parseNameList } from './name-list.ts';
import { highestRole, type RoleGroups } from './role.ts';

/** Returns the user that the identity proxy names; null where no trusted proxy names one, or the user has no role. */
export type IdentityProxyReader = (headers: IncomingHttpHeaders, peerAddress: string) => Principal | null;

/** Reads the identity that a proxy in front of the service has checked. Headers from any other address are ignored. */
export function createIdentityProxyReader(
  { addresses, userHeader, rolesHeader }: IdentityProxySettings,
  roleGroups: RoleGroups = {},
): IdentityProxyReader {
  const isTrusted = createAddressMatcher(addresses);
  return (headers, peerAddress) => {
    if (!isTrusted(peerAddress)) return null;
    const [name, groups] = [headers[userHeader], headers[rolesHeader]];
    if (typeof name !== 'string' || name === '' || typeof groups !== 'string') return null;
    const role = highestRole(parseNameList(decodeHeader(groups)), roleGroups);
    return role && { name: decodeHeader(name), role, source: 'PROXY' };
  };
}
