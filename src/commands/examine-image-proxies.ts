import { join } from 'node:path';
import { dataFolders } from '../base/config/data-folders.ts';
import type { CategoryConfig } from '../base/config/media-config.ts';
import type { Settings } from '../base/config/settings.ts';
import { openDatabase } from '../base/database/open-database.ts';
import { createProxyFiles } from '../library/image-proxies/proxy-files.ts';
import { createRemains } from '../library/image-proxies/remains.ts';
import type { ObjectStore } from '../base/object-storage/object-store.ts';
import { openObjectStore } from '../base/object-storage/open-object-store.ts';
import { ObjectStorageError } from '../base/object-storage/storage-errors.ts';
import { attempt, type Finding } from './finding.ts';

/**
 * Checks whether the object storage can be used, and finds what is left of images that are gone; `fix` removes that.
 */
export async function examineImageProxies(
  settings: Settings,
  categories: readonly CategoryConfig[],
  fix: boolean,
): Promise<Finding[]> {
  const objectStore = await openObjectStore(settings.s3);
  try {
    const storage = await examineObjectStorage(objectStore);
    const remains = await examineRemains(settings, categories, { objectStore, fix });
    return [...storage, ...remains];
  } finally {
    objectStore?.close();
  }
}

async function examineObjectStorage(objectStore: ObjectStore | null): Promise<Finding[]> {
  if (objectStore === null) {
    return [{ state: 'ok', text: 'no S3_BUCKET is set: images cannot be handed over for analysis' }];
  }
  const { findings } = await attempt(`the bucket ${objectStore.bucket} can be used`, () => objectStore.check());
  return findings;
}

async function examineRemains(
  { databaseUrl, databaseConnections, dataDir }: Settings,
  categories: readonly CategoryConfig[],
  { objectStore, fix }: { objectStore: ObjectStore | null; fix: boolean },
): Promise<Finding[]> {
  const looked = await attempt('what is left of images that are gone can be removed', async () => {
    const database = await openDatabase(databaseUrl, databaseConnections);
    try {
      const files = createProxyFiles(join(dataDir, dataFolders.proxies));
      const mediaConfig = { findCategory: (key: string) => categories.find((category) => category.key === key) };
      return await createRemains({ database, files, mediaConfig, objectStore }).clear({ dryRun: !fix });
    } finally {
      await database.close();
    }
  });
  if (looked.value === undefined) return looked.findings;
  const { removed, left } = looked.value;
  if (removed + left === 0) return [{ state: 'ok', text: 'nothing is left of images that are gone' }];
  return [...(removed > 0 ? [describeRemoved(removed, fix)] : []), ...(left > 0 ? [describeLeft(left)] : [])];
}

function describeRemoved(number: number, fix: boolean): Finding {
  const isOne = number === 1;
  const what = `${isOne ? '1 proxy, file or object' : `${number} proxies, files or objects`} of images that are gone`;
  if (fix) return { state: 'ok', text: `${what} ${isOne ? 'was' : 'were'} removed` };
  const text = `there ${isOne ? 'is' : 'are'} ${what}: --fix removes ${isOne ? 'it' : 'them'}, and so does the next batch of proxies`;
  return { state: 'warning', text };
}

function describeLeft(count: number): Finding {
  return { state: 'warning', text: ObjectStorageError.leftBehind(count).message };
}
