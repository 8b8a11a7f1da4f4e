import type { CategoryConfig } from '../config/media-config.ts';
import type { Database } from '../database/database.ts';
import { readKnownFiles } from '../database/statements/read-known-files.ts';
import { identifySameRoot } from './identify-same-root.ts';
import { recogniseRoot, type Recognition, type RootIdentity } from './recognise-root.ts';
import { writeRootMarker } from './root-marker.ts';

type Category = Pick<CategoryConfig, 'key' | 'rootPath'>;

/** The root folders of the categories: whether each is the one that was scanned, with its disk mounted. */
export interface Roots {
  recognise(category: Category): Promise<Recognition>;
  /** The same as of a second ago at most: what many requests may ask. */
  recogniseOften(category: Category): Promise<Recognition>;
  /**
   * After a scan that found files in this root: remembers by what it is known again, with a marker in it unless the
   * category has none or the root cannot be written to. Does nothing where another folder is in its place by now. Needs
   * the category's row of scans.
   */
  remember(category: Category & Pick<CategoryConfig, 'rootMarker'>, root: RootIdentity): Promise<void>;
}

const freshMs = 1_000;

export function createRoots({ database }: { database: Database }): Roots {
  const recent = new Map<string, { at: number; recognition: Promise<Recognition> }>();

  async function recognise(category: Category): Promise<Recognition> {
    const scan = await database.prisma.categoryScan.findUnique({ where: { category: category.key } });
    return recogniseRoot({
      rootPath: category.rootPath,
      expected: (scan?.rootIdentity ?? null) as RootIdentity | null,
      readSample: () => readKnownFiles(database, category.key),
    });
  }

  return {
    recognise,
    recogniseOften(category) {
      const key = `${category.key}:${category.rootPath}`;
      const last = recent.get(key);
      if (last !== undefined && performance.now() - last.at < freshMs) return last.recognition;
      const recognition = recognise(category);
      recent.set(key, { at: performance.now(), recognition });
      recognition.catch(() => recent.delete(key));
      return recognition;
    },
    async remember({ key, rootPath, rootMarker }, root) {
      const present = await identifySameRoot(rootPath, root);
      if (present === null) return;
      // Always with a new ID: one that was hidden by a mount must not be taken for that of the disk.
      const marker = present.marker ?? (rootMarker ? await writeRootMarker(rootPath) : null);
      await database.prisma.categoryScan.updateMany({
        where: { category: key },
        data: { rootIdentity: { ...present, marker } },
      });
    },
  };
}
