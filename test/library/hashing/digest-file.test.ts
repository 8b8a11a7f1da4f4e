import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { digestFile } from '../../../src/library/hashing/digest-file.ts';
import { createHashControl, createHashMeter } from '../../../src/library/hashing/hash-control.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const kib = 1024;
const stretches = {
  firstBytes: 256 * kib,
  trialBytes: 600 * kib,
  aheadBytes: 9_000 * kib,
  loopBytes: 5_000 * kib,
};
/** The largest part that is read at once. */
const partBytes = 4_096 * kib;

it.each(
  [0, 1, 256, 257, 512, 768, 769, 1_024, 1_280, 1_281, 2_000, 2_817, 4_000, 9_999, 20_001, 40_001].map(
    (size) => size * kib + 1,
  ),
)('hashes %i bytes, in whatever ways, to what they are', async (size) => {
  const { bytes, fd } = await openRandom(size);
  const control = aloneControl();
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(await digestFile({ fd, sizeBytes: size }, createHashMeter(control.memory), stretches)).toEqual({
    sha256,
    sizeBytes: size,
  });
  expect(control.takeBytes()).toBe(size);
});

it('hashes a file to what it is while others come and go', async () => {
  const { bytes, fd } = await openRandom(30_000 * kib);
  let asked = 0;
  const meter = { ...createHashMeter(aloneControl().memory), isAlone: () => (asked += 1) % 5 !== 0 };
  // It asks before it reads ahead, and while it does: how often depends on which way is faster.
  const digest = await digestFile({ fd, sizeBytes: bytes.length }, meter, { ...stretches, loopBytes: 600 * kib });
  expect(digest?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect(asked).toBeGreaterThan(5);
});

it('stops within one part, in whatever way it is', async () => {
  const sizeBytes = 30_000 * kib;
  const { fd } = await openRandom(sizeBytes);
  for (const stopAt of [1, 700 * kib, 1_300 * kib, 4_000 * kib]) {
    const meter = createHashMeter(aloneControl().memory);
    let done = 0;
    const stopping = {
      ...meter,
      addBytes: (count: number) => void (done += count),
      isStopped: () => done >= stopAt,
    };
    expect(await digestFile({ fd, sizeBytes }, stopping, stretches)).toBeNull();
    expect(done).toBeLessThanOrEqual(stopAt + partBytes);
  }
});

it.each([100, 300, 900, 1_500, 5_000].map((size) => size * kib))(
  'comes to an end of a file of %i bytes that grows as fast as it is hashed, and tells that it is larger',
  async (sizeBytes) => {
    const { fd, path } = await openRandom(sizeBytes);
    let done = 0;
    const growing = {
      ...createHashMeter(aloneControl().memory),
      addBytes(count: number) {
        done += count;
        if (done < 60_000 * kib) appendFileSync(path, Buffer.alloc(600 * kib));
      },
    };
    const digest = await digestFile({ fd, sizeBytes }, growing, stretches);
    expect(digest).toEqual({ sha256: expect.any(String), sizeBytes: done });
    expect(done).toBeGreaterThan(sizeBytes);
    expect(done).toBeLessThanOrEqual(sizeBytes + partBytes);
  },
);

it.each([
  ['in the loop before any trial', 200],
  ['with the first trial', 256 + 600],
  ['between the two trials', 256 + 768],
  ['in the second trial', 256 + 768 + 300],
])('reads nothing more of a file that ends %s, though it grows then', async (_when, size) => {
  const { fd, path, bytes } = await openRandom(size * kib);
  let isAtEnd = false;
  const meter = {
    ...createHashMeter(aloneControl().memory),
    addBytes(count: number) {
      if (count === 0) appendFileSync(path, 'what comes later');
      if (isAtEnd) throw new Error('it was read again after its end');
      isAtEnd = count === 0;
    },
  };
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(await digestFile({ fd, sizeBytes: bytes.length }, meter, stretches)).toEqual({
    sha256,
    sizeBytes: bytes.length,
  });
  expect(isAtEnd).toBe(true);
});

function aloneControl() {
  const control = createHashControl();
  control.setAlone(true);
  return control;
}

async function openRandom(size: number): Promise<{ bytes: Buffer; fd: number; path: string }> {
  const path = join(await temporaryFolder(), 'file.bin');
  const bytes = randomBytes(size);
  await writeFile(path, bytes);
  const file = await open(path);
  onTestFinished(() => file.close());
  return { bytes, fd: file.fd, path };
}
