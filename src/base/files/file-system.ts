import type { StatsFs } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What is known of a file system that decides what may be kept on it; `local` where nothing is known against it. */
type FileSystemKind = 'local' | 'network' | 'memory' | 'container' | 'fat';

export interface FileSystem {
  kind: FileSystemKind;
  /** Its name for people, such as `NFS`. */
  name: string;
  /** What this process may still write. */
  freeBytes: number;
}

// The numbers are those of Linux (linux/magic.h and the file systems' own headers).
const kinds: Readonly<Record<Exclude<FileSystemKind, 'local'>, Readonly<Record<number, string>>>> = {
  // Other machines write there too, and this one hears nothing of it. FUSE is SSHFS, rclone, mergerfs, virtiofs and more.
  network: {
    0x6969: 'NFS',
    0xff534d42: 'CIFS',
    0xfe534d42: 'SMB',
    0x517b: 'SMB',
    0x65735546: 'FUSE',
    0x01021997: '9P',
    0x00c36400: 'Ceph',
    0x5346414f: 'AFS',
    0x6b414653: 'AFS',
    0x73757245: 'Coda',
    0x564c: 'NCP',
    0x01161970: 'GFS2',
    0x7461636f: 'OCFS2',
    0x0bd00bd0: 'Lustre',
    0x47504653: 'GPFS',
    0x19830326: 'BeeGFS',
    0x786f4256: 'a shared folder of VirtualBox',
    0xbacbacbc: 'a shared folder of VMware',
    0x7c7c6673: 'a shared folder of Parallels',
  },
  memory: { 0x01021994: 'tmpfs', 0x858458f6: 'ramfs' },
  container: { 0x794c7630: 'overlayfs' },
  fat: { 0x4d44: 'FAT', 0x2011bab0: 'exFAT' },
};

/** Describes the file system of a path, or of what exists of it. Throws the system's error. */
export async function fileSystemOf(path: string): Promise<FileSystem> {
  const { type, bavail, bsize } = await statfsOfExisting(path);
  const freeBytes = bavail * bsize;
  if (/^\\\\[^?.]/.test(path)) return { kind: 'network', name: 'SMB', freeBytes };
  // Other systems give numbers of their own.
  if (process.platform === 'linux') {
    for (const [kind, names] of Object.entries(kinds)) {
      const name = names[type >>> 0];
      if (name !== undefined) return { kind: kind as FileSystemKind, name, freeBytes };
    }
  }
  return { kind: 'local', name: 'a local disk', freeBytes };
}

async function statfsOfExisting(path: string): Promise<StatsFs> {
  try {
    return await statfs(path);
  } catch (error) {
    const parent = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === path) throw error;
    return statfsOfExisting(parent);
  }
}
