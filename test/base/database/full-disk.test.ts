import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/base/database/open-database.ts';
import { sql } from '../../../src/base/database/sql.ts';
import { canMount, fillFilesystem, mountFilesystem } from '../../support/mount-filesystem.ts';

// Skipped where this process may not mount: a full disk cannot be had otherwise.
describe.runIf(canMount)('a database on a full disk', () => {
  it('says so as a StorageError on every way in, and works once there is room', async () => {
    const folder = await mountFilesystem('-o', 'size=6m');
    const database = await openDatabase(`file:${join(folder, 'a.db')}`);
    const { prisma } = database;
    await prisma.systemSetting.create({ data: { key: 'before', value: 1 } });
    const filler = await fillFilesystem(folder);
    const value = randomBytes(3e6).toString('base64');
    const row = (key: string) =>
      sql`INSERT INTO system_settings (key, value, updated_at) VALUES (${key}, ${JSON.stringify(value)}, 0)`;
    const full = { code: 'STORAGE_ERROR', message: expect.stringContaining('make room') };
    for (let round = 0; round < 2; round++) {
      await expect(prisma.systemSetting.create({ data: { key: 'prisma', value } })).rejects.toMatchObject(full);
      await expect(
        prisma.$transaction(async (inside) => {
          await inside.systemSetting.create({ data: { key: 'small', value: 1 } });
          await inside.systemSetting.create({ data: { key: 'inside', value } });
        }),
      ).rejects.toMatchObject(full);
      await expect(database.write(row('raw'))).rejects.toMatchObject(full);
      await expect(database.transaction((inside) => inside.write(row('together')))).rejects.toMatchObject(full);
    }
    expect((await prisma.systemSetting.findMany()).map(({ key }) => key)).toEqual(['before']);
    await rm(filler);
    await prisma.systemSetting.create({ data: { key: 'prisma', value: 1 } });
    await prisma.$transaction((inside) => inside.systemSetting.create({ data: { key: 'inside', value: 1 } }));
    await database.transaction((inside) =>
      inside.write(sql`INSERT INTO system_settings (key, value, updated_at) VALUES ('raw', '1', 0)`),
    );
    expect(await prisma.systemSetting.count()).toBe(4);
    await database.close();
  });
});
