import { HardDrive, Unplug } from 'lucide-react';
import type { DisksQuery } from '../generated/graphql.ts';
import { Part } from '../ui/sheet.tsx';
import { statusTexts } from '../words/status.ts';
import styles from './status.module.css';

const { disks: texts } = statusTexts;

/** Where the files of each category lie, and how much room there is. */
export function Disks({ disks }: { disks: DisksQuery | undefined }) {
  if (disks === undefined) return <Part title={texts.title}>{null}</Part>;
  const { categories, scanInfo } = disks;
  return (
    <Part title={texts.title}>
      {categories.length === 0 && <p className={styles.note}>{texts.none}</p>}
      <ul className={styles.rows}>
        {categories.map((category) => (
          <Disk
            key={category.key}
            category={category}
            directory={scanInfo.directories.find((directory) => directory.category === category.key)}
          />
        ))}
      </ul>
    </Part>
  );
}

interface DiskProps {
  category: DisksQuery['categories'][number];
  directory: DisksQuery['scanInfo']['directories'][number] | undefined;
}

function Disk({ category, directory }: DiskProps) {
  const { label, lastScannedAt, offlineReason, state } = category;
  const isAway = state === 'OFFLINE';
  const Icon = isAway ? Unplug : HardDrive;
  const problem = isAway ? texts.away(offlineReason ?? null) : problemOf(directory);
  return (
    <li className={styles.row} data-state={isAway ? 'DOWN' : problem === null ? 'OK' : 'WAITING'}>
      <Icon aria-hidden className={styles.mark} />
      <div className={styles.words}>
        <p className={styles.name}>{label}</p>
        {directory?.rootPath !== undefined && <p className={styles.note}>{directory.rootPath}</p>}
        <p className={styles.note}>
          {typeof lastScannedAt === 'string' ? texts.scanned(lastScannedAt) : texts.neverScanned}
        </p>
        {problem !== null && <p className={styles.detail}>{problem}</p>}
      </div>
      {directory !== undefined && !isAway && <Room directory={directory} />}
    </li>
  );
}

function problemOf(directory: DiskProps['directory']): string | null {
  if (directory === undefined) return null;
  if (!directory.readable) return texts.unreadable;
  return directory.writable ? null : texts.readOnly;
}

/** Less than this part of a disk is nearly nothing. */
const little = 0.05;

function Room({ directory: { freeBytes, totalBytes } }: { directory: NonNullable<DiskProps['directory']> }) {
  if (typeof freeBytes !== 'number' || typeof totalBytes !== 'number' || totalBytes <= 0) {
    return <p className={styles.state}>{texts.unknown}</p>;
  }
  const free = freeBytes / totalBytes;
  return (
    <div className={styles.room} data-state={free < little ? 'WAITING' : 'OK'}>
      <p>{texts.free(freeBytes, totalBytes)}</p>
      <div className={styles.bar} aria-hidden>
        <div style={{ width: `${100 * (1 - free)}%` }} />
      </div>
      {free < little && <p className={styles.detail}>{texts.nearlyFull}</p>}
    </div>
  );
}
