import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { leaveOutOwnPlaces } from '../../../src/library/roots/own-places.ts';
import { parseMediaConfig } from '../../../src/base/config/parse-media-config.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function leaveOut(root: string, settings: Partial<Parameters<typeof leaveOutOwnPlaces>[1]>) {
  const text = `version: 2\ncategories: [{key: photos, label: P, default: true, root_path: ${JSON.stringify(root)}}]`;
  const elsewhere = { dataDir: '/srv/data', logDir: '/srv/logs', mediaConfigPath: '/srv/config/w.yml' };
  const databaseUrl = 'postgresql://localhost/x';
  const config = parseMediaConfig(text, '/srv/config/w.yml');
  const { categories, defaultCategory, warnings } = await leaveOutOwnPlaces(config, {
    ...elsewhere,
    databaseUrl,
    ...settings,
  });
  expect(defaultCategory).toBe(categories[0]);
  return { places: categories[0]?.ownPlaces, warnings };
}

it('finds the folders, the configuration and the database that lie inside a root, and warns of them', async () => {
  const root = await temporaryFolder();
  const { places, warnings } = await leaveOut(root, {
    dataDir: join(root, '.mediashelf'),
    logDir: join(root, 'deep/logs'),
    mediaConfigPath: join(root, 'config/watch_media_dirs.yml'),
    databaseUrl: `file:${join(root, 'x.db')}`,
  });
  expect(places).toEqual(
    ['.mediashelf', 'config/watch_media_dirs.yml', 'deep/logs']
      .concat(['', '-wal', '-shm', '-journal', '-lock', '-restore'].map((end) => `x.db${end}`))
      .sort(),
  );
  expect(warnings).toEqual([
    `DATA_DIR, LOG_DIR, MEDIA_CONFIG, DATABASE_URL lie inside the root of photos, ${root}: scans and watching leave ` +
      'them out. Put them elsewhere, as whatever else serves that folder, such as copyparty, serves them too.',
  ]);
});

it('leaves a root alone that has nothing of the service, or lies in its folder', async () => {
  const root = await temporaryFolder();
  expect(await leaveOut(root, {})).toEqual({ places: undefined, warnings: [] });
  expect(await leaveOut(join(root, 'media'), { dataDir: root })).toEqual({ places: undefined, warnings: [] });
  expect(await leaveOut(root, { dataDir: `${root}-data` })).toEqual({ places: undefined, warnings: [] });
});

it('leaves out only the own folders where DATA_DIR is the root itself', async () => {
  const root = await temporaryFolder();
  const { places } = await leaveOut(root, { dataDir: root, databaseUrl: `file:${join(root, 'catalogue.db')}` });
  expect(places).toEqual(expect.arrayContaining(['proxy_image', 'thumbnails', 'incoming', 'catalogue.db']));
  expect(places).not.toContain('');
});

it('finds them through links, also below a folder that does not exist yet', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'disk'));
  await symlink('disk', join(folder, 'root'));
  expect((await leaveOut(join(folder, 'root'), { dataDir: join(folder, 'disk/a/data') })).places).toEqual(['a/data']);
});
