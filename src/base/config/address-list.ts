import { BlockList, isIP } from 'node:net';

/** Throws a TypeError for what is no address and no network. */
export function toBlockList(addresses: readonly string[]): BlockList {
  const list = new BlockList();
  for (const address of addresses) {
    const [host = '', prefix, ...rest] = address.split('/');
    const family = familyOf(host);
    // `Number` makes 0 of no digits, and that is the network of all addresses.
    const isPrefix = prefix === undefined || /^\d{1,3}$/.test(prefix);
    if (family === null || !isPrefix || rest.length > 0) {
      throw new TypeError(`${address} is no IP address and no network`);
    }
    if (prefix === undefined) list.addAddress(host, family);
    else list.addSubnet(host, Number(prefix), family);
  }
  return list;
}

/** Null for what is no IP address. */
export function familyOf(address: string): 'ipv4' | 'ipv6' | null {
  const version = isIP(address);
  return version === 0 ? null : version === 4 ? 'ipv4' : 'ipv6';
}
