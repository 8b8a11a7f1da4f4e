import type { IncomingHttpHeaders } from 'node:http';
import type { BlockList } from 'node:net';
import type { IdentityProxySettings } from '../../base/config/access-settings.ts';
import { familyOf, toBlockList } from '../../base/config/address-list.ts';
import type { Principal } from './principal.ts';
import { highestRole } from './role.ts';

/** Gives whom the identity proxy names; null where no trusted proxy does, or the one it names has no role. */
export type IdentityProxyReader = (headers: IncomingHttpHeaders, peerAddress: string) => Principal | null;

/** The identity that a proxy in front of the service has checked. From any other address the headers mean nothing. */
export function createIdentityProxyReader({
  addresses,
  userHeader,
  rolesHeader,
}: IdentityProxySettings): IdentityProxyReader {
  const trusted = toBlockList(addresses);
  return (headers, peerAddress) => {
    if (!isTrusted(trusted, peerAddress)) return null;
    const [name, groups] = [headers[userHeader], headers[rolesHeader]];
    // Sent twice, one of them may be the client's own.
    if (typeof name !== 'string' || name === '' || typeof groups !== 'string') return null;
    const role = highestRole(groups.split(/[,;|]/));
    return role && { name, role, source: 'PROXY' };
  };
}

function isTrusted(trusted: BlockList, peerAddress: string): boolean {
  // An IPv4 peer of a socket that listens on IPv6.
  const address = peerAddress.replace(/^::ffff:(?=\d+\.)/i, '');
  const family = familyOf(address);
  return family !== null && trusted.check(address, family);
}
