import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { removeAbandoned, unfinishedName } from '../../../src/base/files/unfinished.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const uuid = '01234567-89ab-4cde-8f01-23456789abcd';
const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const twoHoursAgo = Date.now() / 1000 - 7200;

it('removes what ended processes were making, and nothing of living ones', async () => {
  const folder = await temporaryFolder();
  const ended = spawnSync(process.execPath, ['--version']).pid;
  const mine = `${unfinishedName()}.part`;
  const names = {
    mine,
    ofAnEarlierLife: `${host}.${process.pid}.00000000.${uuid}.part`,
    ofAnEndedProcess: `.rendering-${host}.${ended}.00000000.${uuid}`,
    ofALivingProcess: `${host}.${process.ppid}.00000000.${uuid}`,
    fromElsewhere: `00000000.${ended}.00000000.${uuid}`,
    oldFromElsewhere: `00000000.${ended}.11111111.${uuid}`,
    ofNobody: 'film.mp4',
  };
  for (const name of Object.values(names)) await writeFile(join(folder, name), '');
  await utimes(join(folder, names.oldFromElsewhere), twoHoursAgo, twoHoursAgo);
  await utimes(join(folder, names.ofNobody), twoHoursAgo, twoHoursAgo);
  const withFiles = join(folder, `${host}.${ended}.00000000.${uuid}`);
  await mkdir(withFiles);
  await writeFile(join(withFiles, 'copy.sqlite3'), '');
  await removeAbandoned(folder);
  const left = [mine, names.ofALivingProcess, names.fromElsewhere, names.ofNobody];
  expect((await readdir(folder)).sort()).toEqual(left.sort());
});

it('minds only what is meant, and no folder that is not there', async () => {
  const folder = await temporaryFolder();
  const abandoned = `${host}.${process.pid}.00000000.${uuid}`;
  for (const prefix of ['.mediashelf-root.', 'other-']) await writeFile(join(folder, prefix + abandoned), '');
  await removeAbandoned(folder, (name) => name.startsWith('.mediashelf-root'));
  expect(await readdir(folder)).toEqual([`other-${abandoned}`]);
  await removeAbandoned(join(folder, 'none'));
});
