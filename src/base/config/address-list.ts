import { BlockList, isIP } from 'node:net';

/** Makes a list of addresses and networks that can be matched. Throws a TypeError for what is neither. */
export function toBlockList(addresses: readonly string[]): BlockList {
  const list = new BlockList();
  for (const address of addresses) {
    const [host = '', prefix, ...rest] = address.split('/');
    const family = familyOf(host);
    // `Number` turns an empty prefix into 0, which would be the network of all addresses.
    const isPrefix = prefix === undefined || /^\d{1,3}$/.test(prefix);
    if (family === null || !isPrefix || rest.length > 0) {
      throw new TypeError(`${address} is no IP address and no network`);
    }
    if (prefix === undefined) list.addAddress(host, family);
    else list.addSubnet(host, Number(prefix), family);
  }
  return list;
}

/** Returns whether the other end of a socket is among the addresses and networks. Throws as `toBlockList` does. */
export function createAddressMatcher(addresses: readonly string[]): (peerAddress: string) => boolean {
  // Most services stand behind no proxy, and every request asks.
  if (addresses.length === 0) return () => false;
  const list = toBlockList(addresses);
  return (peerAddress) => {
    // A socket that listens on IPv6 shows an IPv4 peer as ::ffff:a.b.c.d.
    const address = peerAddress.replace(/^::ffff:(?=\d+\.)/i, '');
    const family = familyOf(address);
    return family !== null && list.check(address, family);
  };
}

/** The family of an IP address; null for what is none. */
function familyOf(address: string): 'ipv4' | 'ipv6' | null {
  const version = isIP(address);
  return version === 0 ? null : version === 4 ? 'ipv4' : 'ipv6';
}
