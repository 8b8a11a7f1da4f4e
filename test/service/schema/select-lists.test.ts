import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { startTestService } from '../../support/test-service.ts';

describeOnEachDatabase('What select boxes offer', (open) => {
  it('comes from the configuration, the records and the disk', async () => {
    const legacy = await temporaryFolder();
    await mkdir(join(legacy, 'old'));
    await writeFile(join(legacy, 'old/hikaze_mm.sqlite3'), 'SQLite format 3\0');
    const service = await startTestService({
      databaseUrl: open.url(),
      environment: { LEGACY_ROOTS: legacy },
      config: { image_proxies: [{ name: 'small', shorter_side: 320, formats: ['png'], quality: 60 }] },
    });
    const record = { path: '/m', createdAt: new Date(0), meta: {}, searchText: '' };
    const models = ['lora', 'checkpoint', 'lora', null].map((type, index) => ({
      ...record,
      type,
      sha256: String(index).repeat(64),
    }));
    await service.app.database.prisma.model.createMany({ data: models });
    const query = `{
      imageProxyProfiles { name shorterSide formats quality }
      modelTypes { name modelCount }
      legacySources { path sizeBytes modifiedAt }
    }`;
    expect((await service.post({ query })).body).toEqual({
      data: {
        imageProxyProfiles: [
          { name: 'nova', shorterSide: 896, formats: ['JPEG', 'PNG'], quality: 85 },
          { name: 'small', shorterSide: 320, formats: ['PNG'], quality: 60 },
        ],
        modelTypes: [
          { name: 'checkpoint', modelCount: 1 },
          { name: 'lora', modelCount: 2 },
        ],
        legacySources: [
          { path: join(legacy, 'old/hikaze_mm.sqlite3'), sizeBytes: 16, modifiedAt: expect.any(String) },
        ],
      },
    });
  });
});
