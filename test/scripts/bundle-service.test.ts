import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { bundleService } from '../../scripts/bundle-service.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const run = promisify(execFile);

// The shortest program that there is: its bytes are compared.
const wasm = Buffer.from('0061736d01000000', 'hex');

const files = {
  'package.json': '{"type":"module"}',
  'src/main.ts': `
    import { place } from './deep/place.ts';
    import { wasm } from '@prisma/client/runtime/compiler.wasm-base64.mjs';
    import common from 'common';
    const isSeason: boolean = /^сезон$/u.test('сезон') && new RegExp(String.raw\`^[話话]$\`, 'u').test('話');
    const { late } = process.argv.includes('late') ? await import('./late.ts') : { late: null };
    console.log(JSON.stringify({ place, isSeason, common, late, wasm: Buffer.from(wasm, 'base64').toString('hex') }));`,
  'src/deep/place.ts': `export const place: string = new URL('../../prisma/', import.meta.url).pathname;`,
  'src/late.ts': `export const late = 'loaded when it is asked for';`,
  'node_modules/common/index.js': `module.exports = require('node:path').sep + typeof require('sharp');`,
  'node_modules/common/package.json': '{}',
  'node_modules/sharp/index.js': 'module.exports = 1;',
  'node_modules/sharp/package.json': '{}',
  'node_modules/@prisma/client/runtime/compiler.wasm-base64.mjs': `const wasm = "${wasm.toString('base64')}"; export { wasm };`,
  'node_modules/@prisma/client/package.json': '{"exports":{"./*":"./*"}}',
};

it('makes one program of all, which finds its files, loads late what is asked for late, and leaves native packages outside', async () => {
  const folder = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  await mkdir(join(folder, 'dist'));
  await bundleService(folder);

  const { stdout } = await run(process.execPath, [join(folder, 'dist/main.js')]);
  // It is the place that the compiler would have given it: dist/deep/place.js.
  const said = { place: join(folder, 'prisma/'), isSeason: true, common: '/number', late: null };
  expect(JSON.parse(stdout)).toEqual({ ...said, wasm: wasm.toString('hex') });
  const { stdout: later } = await run(process.execPath, [join(folder, 'dist/main.js'), 'late']);
  expect(JSON.parse(later)).toMatchObject({ late: 'loaded when it is asked for' });

  const names = await readdir(join(folder, 'dist/bundle'));
  const scripts = names.filter((name) => name.endsWith('.js'));
  const texts = await Promise.all(scripts.map((name) => readFile(join(folder, 'dist/bundle', name), 'latin1')));
  const main = texts[scripts.indexOf('main.js')] ?? '';
  expect(main).not.toContain('loaded when');
  expect(texts.some((text) => text.includes('loaded when'))).toBe(true);
  expect(texts.join('')).not.toMatch(/[\u0080-\u00ff]/);
  expect(names).toContain('main.js.map');
  expect(names.filter((name) => name.endsWith('.wasm'))).toHaveLength(1);

  // What an earlier build left is gone.
  await writeFile(join(folder, 'dist/bundle/old.js'), '');
  await bundleService(folder);
  expect(await readdir(join(folder, 'dist/bundle'))).toEqual(names);
});

it('refuses a package that is imported late and would be joined, which might have no names then', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'src'));
  await writeFile(join(folder, 'src/main.ts'), `console.log(await import('common'));`);
  await expect(bundleService(folder)).rejects.toThrow(
    'common is imported late: name it among what is left outside the bundle.',
  );
});
