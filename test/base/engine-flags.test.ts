import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const run = promisify(execFile);
const flags = fileURLToPath(new URL('../../src/base/engine-flags.ts', import.meta.url));

it('keeps the space for young objects small until it is let grow', async () => {
  // What survives makes V8 enlarge the space.
  const program = `
    import { getHeapSpaceStatistics } from 'node:v8';
    import { keepYoungSpaceSmall } from ${JSON.stringify(flags)};
    const kept = [];
    const survive = () => { for (let n = 0; n < 3e5; n += 1) kept.push({ n, text: 'a' + n }); };
    const space = () => getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size;
    const sizes = [];
    const letGrow = keepYoungSpaceSmall();
    survive();
    sizes.push(space());
    letGrow();
    kept.length = 0;
    survive();
    survive();
    sizes.push(space(), typeof globalThis.gc);
    console.log(JSON.stringify(sizes));`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
  const { stdout } = await run(process.execPath, args);
  const [small, grown, gc] = JSON.parse(stdout) as [number, number, string];
  expect(small).toBeLessThanOrEqual(4 * 2 ** 20);
  expect(grown).toBeGreaterThan(2 * small);
  expect(gc).toBe('undefined');
});
