import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { uploadProxy } from '../../../src/library/image-proxies/upload-original.ts';
import { waitUntilNoneIsOpen } from '../../support/list-open-files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

it.each([
  ['before it reads', async () => Promise.reject(new Error('full'))],
  [
    'in the middle',
    async ({ body }: { body: Readable }) => {
      for await (const _chunk of body) break;
      throw new Error('full');
    },
  ],
])('a store that fails %s leaves nothing open', async (_title, put) => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'a.jpg'), Buffer.alloc(1_000_000));
  const prisma = { imageProxy: { updateMany: async () => undefined } };
  const options = { database: { prisma }, files: { folder }, objectStore: { put } } as never;
  const row = { id: 1, filename: 'a.jpg', sha256: 'a', sizeBytes: 1_000_000n, format: 'JPEG', s3Key: null } as never;
  await expect(uploadProxy(options, row)).rejects.toThrow('full');
  await expect(waitUntilNoneIsOpen(folder)).resolves.toBeUndefined();
});
