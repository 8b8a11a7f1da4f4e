import { createHash, randomBytes } from 'node:crypto';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { digestFile } from '../../src/hashing/digest-file.ts';
import { createHashControl, openHashMeter } from '../../src/hashing/hash-control.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const kib = 1024;
const stretches = { firstBytes: 256 * kib, trialBytes: 600 * kib, stretchBytes: 2_000 * kib };

it.each([0, 1, 256, 257, 512, 768, 769, 1_024, 1_280, 1_281, 2_000, 4_000, 9_999].map((size) => size * kib + 1))(
  'hashes %i bytes, in whatever ways, to what they are',
  async (size) => {
    const { bytes, fd } = await openRandom(size);
    const control = createHashControl();
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await digestFile(fd, openHashMeter(control.memory), stretches)).toEqual({ sha256, sizeBytes: size });
    expect(control.takeBytes()).toBe(size);
  },
);

it('stops within one part, in whatever way it is', async () => {
  const { fd } = await openRandom(9_000 * kib);
  for (const stopAt of [1, 700 * kib, 1_300 * kib, 4_000 * kib]) {
    const meter = openHashMeter(createHashControl().memory);
    let done = 0;
    const stopping = {
      ...meter,
      addBytes: (count: number) => void (done += count),
      isStopped: () => done >= stopAt,
    };
    expect(await digestFile(fd, stopping, stretches)).toBeNull();
    expect(done).toBeLessThanOrEqual(stopAt + 512 * kib);
  }
});

async function openRandom(size: number): Promise<{ bytes: Buffer; fd: number }> {
  const path = join(await temporaryFolder(), 'file.bin');
  const bytes = randomBytes(size);
  await writeFile(path, bytes);
  const file = await open(path);
  onTestFinished(() => file.close());
  return { bytes, fd: file.fd };
}
