import { statfs } from 'node:fs/promises';

/** File systems without events for what other machines do: NFS, SMB, CIFS, FUSE, 9p, Ceph, AFS, Coda. */
const networkTypes = new Set([
  0x6969, 0xff534d42, 0xfe534d42, 0x517b, 0x65735546, 0x01021997, 0x00c36400, 0x5346414f, 0x73757245,
]);

/** Whether changes in a folder can only be found by polling. */
export async function isNetworkFolder(path: string): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const { type } = await statfs(path);
  return networkTypes.has(type >>> 0);
}
