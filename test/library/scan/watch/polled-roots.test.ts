import { EventEmitter, once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createWatch } from '../../../../src/library/scan/watch/watch.ts';
import { isNetworkFolder } from '../../../../src/library/scan/watch/is-network-folder.ts';
import { categoryOf } from '../../../support/catalogued-files.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

vi.mock('../../../../src/library/scan/watch/is-network-folder.ts');

async function openWatch(keys: string[]) {
  const folder = await temporaryFolder();
  const categories = keys.map((key) => categoryOf({ key, rootPath: join(folder, key) }));
  for (const { rootPath } of categories) await mkdir(rootPath);
  const start = vi.fn<(request: object) => Promise<never>>().mockResolvedValue({ id: '1' } as never);
  const log = { info() {}, warn() {}, error: vi.fn<() => void>() };
  const watch = createWatch({
    mediaConfig: {
      current: () => ({ categories }) as never,
      findCategory: (key) => categories.find((category) => category.key === key),
      onChange: () => () => {},
    },
    scanner: { start },
    jobs: { waitFor: async () => ({ status: 'SUCCEEDED', result: { categories: [] } }) as never },
    log,
    quietMs: 50,
    pollMs: 300,
    recheckMs: 100,
    patienceMs: 400,
  });
  onTestFinished(() => watch.close());
  return { watch, start, folder, log };
}

it('are scanned again and again, each as a whole category', async () => {
  vi.mocked(isNetworkFolder).mockImplementation(async (path) => path.endsWith('share'));
  const { watch, start } = await openWatch(['share', 'disk']);
  await watch.start();
  const polls = () => start.mock.calls.filter(([request]) => 'categories' in request);
  await vi.waitFor(() => expect(polls().length).toBeGreaterThan(2), { timeout: 60_000 });
  expect(new Set(polls().map(([request]) => JSON.stringify(request)))).toEqual(
    new Set([JSON.stringify({ categories: ['share'], restMs: 50, requestedBy: 'watch' })]),
  );
  // Once, for what happened before events could be heard.
  const wholes = start.mock.calls.flatMap(([request]) => ('paths' in request ? (request.paths as string[]) : []));
  expect(wholes.sort()).toEqual(['disk', 'share']);
});

it('are scanned, and so are places with events, when the clock is set back', async () => {
  vi.mocked(isNetworkFolder).mockImplementation(async (path) => path.endsWith('share'));
  const { watch, start, folder } = await openWatch(['share', 'disk']);
  await watch.start();
  const scans = (text: string) => start.mock.calls.filter(([request]) => JSON.stringify(request).includes(text)).length;
  await vi.waitFor(() => expect(scans('"disk"')).toBe(1), { timeout: 60_000 });
  const { now } = Date;
  vi.spyOn(Date, 'now').mockImplementation(() => now() - 86_400_000);
  const before = scans('"share"');
  await writeFile(join(folder, 'disk/new.jpg'), '');
  await vi.waitFor(() => expect(scans('"disk/new.jpg"')).toBe(1), { timeout: 60_000 });
  await vi.waitFor(() => expect(scans('"share"')).toBeGreaterThan(before + 1), { timeout: 60_000 });
});

it('that do not answer hold up no other, neither a start nor an end, and are watched when they do', async () => {
  const answers = new EventEmitter();
  const answering = once(answers, 'answer').then(() => true);
  vi.mocked(isNetworkFolder).mockImplementation(async (path) => (path.endsWith('gone') ? answering : true));
  const { watch, start, log } = await openWatch(['gone', 'share']);
  await watch.start();
  const scanned = (key: string) => start.mock.calls.filter(([request]) => JSON.stringify(request).includes(`"${key}"`));
  await vi.waitFor(() => expect(scanned('share').length).toBeGreaterThan(2), { timeout: 60_000 });
  expect(scanned('gone')).toEqual([]);
  expect(vi.mocked(isNetworkFolder).mock.calls.filter(([path]) => path.endsWith('gone'))).toHaveLength(1);
  answers.emit('answer');
  await vi.waitFor(() => expect(scanned('gone').length).toBeGreaterThan(0), { timeout: 60_000 });
  vi.mocked(isNetworkFolder).mockReturnValue(new Promise(() => {}));
  const late = await openWatch(['gone']);
  await late.watch.start();
  await late.watch.close();
  expect(log.error).not.toHaveBeenCalled();
});
