// Opens 20 000 files as the prober does, with the proof of where they lie, against bare system calls and against the check
// that it had before: two real paths and a look, then the opening. In turns, in one run; prints the ratios.
import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openInsideSync } from '../../src/base/files/open-inside.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'open-files-')));
const names = Array.from({ length: 20_000 }, (_, n) => `folder ${n % 200}/deeper/file ${n}.jpg`);
for (const name of names) {
  mkdirSync(join(root, name, '..'), { recursive: true });
  writeFileSync(join(root, name), name);
}

const flags = constants.O_RDONLY | constants.O_NONBLOCK;

const ways = {
  bare(name: string) {
    const fd = openSync(join(root, name), flags);
    fstatSync(fd);
    closeSync(fd);
  },
  before(name: string) {
    const realPath = realpathSync.native(resolve(root, name));
    if (!realPath.startsWith(realpathSync.native(root)) || !statSync(realPath).isFile()) throw new Error(name);
    const fd = openSync(realPath, flags | constants.O_NOFOLLOW);
    fstatSync(fd);
    closeSync(fd);
  },
  now(name: string) {
    closeSync(openInsideSync(root, name).fd);
  },
};

const best = { bare: Infinity, before: Infinity, now: Infinity };
for (let round = 0; round < 7; round += 1) {
  for (const [way, open] of Object.entries(ways)) {
    const started = performance.now();
    for (const name of names) open(name);
    best[way as keyof typeof best] = Math.min(best[way as keyof typeof best], performance.now() - started);
  }
}
rmSync(root, { recursive: true });

const ratio = (a: number, b: number) => (a / b).toFixed(2);
console.log(
  `now / before ${ratio(best.now, best.before)} (limit 1.00); now / bare ${ratio(best.now, best.bare)} (limit 2.50)`,
);
console.log(`${((best.now / names.length) * 1000).toFixed(1)} µs a file`);
process.exitCode = best.now <= best.before && best.now <= 2.5 * best.bare ? 0 : 1;
