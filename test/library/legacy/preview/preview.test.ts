import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../support/databases.ts';
import { writeLegacyDatabase, writePicture } from '../../../support/legacy-library.ts';
import { openLegacyService } from '../../../support/legacy-service.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const windows = (name: string) => String.raw`D:\ComfyUI\models` + `\\${name}`;

async function writeLibrary(models: readonly string[], files: readonly string[]) {
  const folder = await temporaryFolder();
  const db = join(folder, 'hikaze_mm.sqlite3');
  writeLegacyDatabase(db, { models: models.map((path, at) => ({ id: at + 1, path })), tags: [[1, 'anime']] });
  for (const file of files) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), file);
  }
  return { db, folder };
}

describeOnEachDatabase('The preview of a migration', (open) => {
  it('counts what each mapping hits, looks for files, and finds a mapping for what none fits; it writes nothing', async () => {
    const models = [
      windows(String.raw`loras\a.bin`),
      windows(String.raw`loras\b.bin`),
      windows('gone.bin'),
      '/old/c.bin',
    ];
    const { db, folder } = await writeLibrary(models, ['models/loras/a.bin', 'models/loras/b.bin']);
    await writePicture(join(folder, 'media/a.png'));
    await mkdir(join(folder, 'empty'));
    const database = await open();
    const { migration } = await openLegacyService(database, [folder], [join(folder, 'models')]);

    const before = await migration.preview({ legacyDbPath: db, pathMappings: [] });
    expect(before).toMatchObject({ modelCount: 4, tagCount: 1, mappings: [], pictureFolders: [join(folder, 'media')] });
    expect(before.unmapped).toMatchObject({ modelCount: 4, checkedCount: 4, foundCount: 0, outsideCount: 4 });
    expect(before.unmappedFolders).toEqual([
      {
        path: String.raw`D:\ComfyUI\models`,
        modelCount: 3,
        suggestion: { from: String.raw`D:\ComfyUI\models`, to: join(folder, 'models') },
      },
      { path: '/old', modelCount: 1, suggestion: null },
    ]);

    const mapped = { from: 'd:/comfyui/MODELS', to: join(folder, 'models') };
    const unused = { from: 'E:/', to: '/nowhere' };
    const after = await migration.preview({ legacyDbPath: db, pathMappings: [unused, mapped] });
    expect(after.mappings).toMatchObject([
      { ...unused, modelCount: 0, checkedCount: 0, example: null },
      {
        ...mapped,
        modelCount: 3,
        checkedCount: 3,
        foundCount: 2,
        outsideCount: 0,
        example: { legacyPath: models[0], path: join(folder, 'models/loras/a.bin') },
      },
    ]);
    expect(after.unmapped).toMatchObject({ modelCount: 1, outsideCount: 1, example: { legacyPath: '/old/c.bin' } });
    expect(await database.prisma.pendingImport.count()).toBe(0);
  });

  it('proposes nothing for paths that are good as they are, and refuses what it may not read', async () => {
    const { db, folder } = await writeLibrary([], ['models/a.bin']);
    const good = join(folder, 'good.sqlite3');
    writeLegacyDatabase(good, { models: [{ id: 1, path: join(folder, 'models/a.bin') }] });
    const { migration } = await openLegacyService(await open(), [folder], [folder]);
    const preview = await migration.preview({ legacyDbPath: good });
    expect(preview.unmapped).toMatchObject({ modelCount: 1, foundCount: 1, outsideCount: 0 });
    expect(preview.unmappedFolders).toEqual([]);
    const { modelCount, unmapped } = await migration.preview({ legacyDbPath: db });
    expect([modelCount, unmapped.modelCount]).toEqual([0, 0]);
    await expect(migration.preview({ legacyDbPath: '/etc/passwd' })).rejects.toMatchObject({
      code: 'PATH_NOT_ALLOWED',
    });
    await expect(migration.preview({ legacyDbPath: join(folder, 'no.db') })).rejects.toMatchObject({
      fault: 'MISSING',
    });
    const half = [{ from: 'D:/', to: ' ' }];
    await expect(migration.preview({ legacyDbPath: db, pathMappings: half })).rejects.toMatchObject({
      field: 'input.pathMappings[0]',
    });
  });
});
