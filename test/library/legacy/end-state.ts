import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../../../src/base/database/database.ts';

/** Everything that a migration leaves behind: rows, and files with their contents. */
export async function readEndState({ prisma }: Database, dataDir: string) {
  const names = (
    await readdir(join(dataDir, 'images'), { recursive: true, withFileTypes: true }).catch(() => [])
  ).filter((entry) => entry.isFile());
  const files = await Promise.all(
    names.map(async ({ parentPath, name }) => `${name} ${sha256(await readFile(join(parentPath, name)))}`),
  );
  return {
    models: await prisma.model.findMany({ orderBy: { sha256: 'asc' } }),
    tags: await prisma.tag.findMany({ orderBy: { id: 'asc' } }),
    modelTags: await prisma.modelTag.findMany({ orderBy: [{ sha256: 'asc' }, { tagId: 'asc' }] }),
    modelImages: await prisma.modelImage.findMany({ orderBy: [{ sha256: 'asc' }, { seq: 'asc' }] }),
    pending: await prisma.pendingImport.findMany({ orderBy: { id: 'asc' } }),
    pendingTags: await prisma.pendingModelTag.findMany({ orderBy: [{ pendingId: 'asc' }, { tagId: 'asc' }] }),
    pendingImages: await prisma.pendingImage.findMany({ orderBy: [{ pendingId: 'asc' }, { seq: 'asc' }] }),
    files: files.sort(),
  };
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
