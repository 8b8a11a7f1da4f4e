import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from '../../../src/base/database/open-database.ts';
import { extraWith, sha256Of, writeLegacyDatabase, writePicture } from '../../support/legacy-library.ts';
import { runCommand } from '../../support/run-command.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

it('runs from shadow files to model records on the command line, without the real files', async () => {
  const folder = await temporaryFolder();
  const legacy = String.raw`D:\ComfyUI\models`;
  const hashed = sha256Of('a file of many gigabytes');
  await writePicture(join(folder, 'media/one.png'));
  await writePicture(join(folder, 'media/two.png'));
  writeLegacyDatabase(join(folder, 'hikaze_mm.sqlite3'), {
    tags: [
      [1, 'anime'],
      [2, 'photo'],
    ],
    models: [
      { id: 1, path: `${legacy}\\known.safetensors`, hash_hex: hashed, extra_json: extraWith(['/media/one.png']) },
      {
        id: 2,
        path: `${legacy}\\loras\\waits.safetensors`,
        extra_json: extraWith(['/media/one.png', '/media/two.png']),
      },
      { id: 3, path: String.raw`E:\elsewhere\missing.safetensors` },
      { id: 4, path: `${legacy}\\copies\\known.safetensors` },
    ],
    modelTags: [
      [1, 1],
      [2, 1],
      [2, 2],
      [4, 2],
    ],
  });
  await mkdir(join(folder, 'movies'));
  const options = {
    cwd: folder,
    env: {
      MOCK_HASHER: '1',
      MODEL_ROOTS: join(folder, 'shadows'),
      MEDIA_CONFIG: join(folder, 'media.yml'),
      LOG_LEVEL: 'error',
    },
  };
  const runTo = async (expected: 0 | 1, ...args: string[]) => {
    const { code, stdout, stderr } = await runCommand(args, options);
    // On a busy machine it takes so long that it reports its progress.
    expect({ code, stderr: stderr.replaceAll(/^\w+: \d+(?: of \d+)?\n/gm, '') }).toEqual({
      code: expected,
      stderr: '',
    });
    return JSON.parse(stdout) as object;
  };
  const run = (...args: string[]) => runTo(0, ...args);
  await writeConfig(folder);

  const shadows = await run('shadow-files', '--db', 'hikaze_mm.sqlite3', '--out', 'shadows', '--json');
  const mappings = ['D', 'E'].map((drive) => ({ from: `${drive}:\\`, to: join(folder, 'shadows', drive) }));
  expect(shadows).toEqual({ written: 4, alreadyPresent: 0, refused: [], mappings });
  const mapping = ['--map', `${legacy}=shadows/D/ComfyUI/models`];
  const stage1 = await run('migrate-legacy', '--db', 'hikaze_mm.sqlite3', '--images', 'media', ...mapping, '--json');
  expect(stage1).toMatchObject({
    models: { found: 1, migrated: 1 },
    pendingImports: { found: 3, migrated: 3 },
    modelTags: { found: 1, migrated: 1 },
    pendingModelTags: { found: 3, migrated: 3 },
    activeImages: { found: 1, migrated: 1 },
    pendingImages: { found: 2, migrated: 2 },
  });
  // The fourth is the shadow of a file whose hash is known by its name.
  const stage2 = await runTo(1, 'hash', '--on-conflict', 'merge', '--json');
  expect(stage2).toMatchObject({ total: 3, hashed: 2, migrated: 2, conflicts: 0, errors: 1 });

  const database = await openDatabase(`file:${join(folder, 'data/catalogue.db')}`);
  const models = await database.prisma.model.findMany({
    select: { sha256: true, path: true, tags: { select: { tagId: true }, orderBy: { tagId: 'asc' } }, images: true },
    orderBy: { path: 'asc' },
  });
  const left = await database.prisma.pendingImport.findMany({ select: { id: true, path: true } });
  await database.close();
  const made = sha256Of('dummy_salt_waits.safetensors');
  expect(models).toEqual([
    {
      sha256: hashed,
      path: join(folder, 'shadows/D/ComfyUI/models/known.safetensors'),
      tags: [{ tagId: 1 }, { tagId: 2 }],
      images: [{ sha256: hashed, seq: 0, source: 'one.png' }],
    },
    {
      sha256: made,
      path: join(folder, 'shadows/D/ComfyUI/models/loras/waits.safetensors'),
      tags: [{ tagId: 1 }, { tagId: 2 }],
      images: [
        { sha256: made, seq: 0, source: 'one.png' },
        { sha256: made, seq: 1, source: 'two.png' },
      ],
    },
  ]);
  expect(left).toEqual([{ id: 3, path: String.raw`E:\elsewhere\missing.safetensors` }]);
  expect(await readdir(join(folder, 'data/images/pending'))).toEqual([]);
});

async function writeConfig(folder: string): Promise<void> {
  await writeFile(
    join(folder, 'media.yml'),
    'version: 2\ncategories: [{key: movies, label: Movies, default: true, root_path: movies}]\nvalidation: {allow_missing: true}\n',
  );
}
