import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, onTestFinished } from 'vitest';
import { fakePassword, startFakeCopyparty } from './fake-copyparty.ts';

/** A copyparty with a folder that is empty at first. */
export interface TestCopyparty {
  url: string;
  password: string;
  /** Where it serves the folder. */
  path: string;
  addFile(name: string, content: Buffer | string, modifiedAt?: Date): Promise<void>;
}

const { COPYPARTY_TEST_URL: url, COPYPARTY_TEST_PASSWORD: password = '', COPYPARTY_TEST_ROOT: root } = process.env;

/**
 * Runs the same tests against the stand-in and, where `COPYPARTY_TEST_URL` names one, against a real copyparty that
 * serves `$COPYPARTY_TEST_ROOT/movies` as `/movies` to the user with `COPYPARTY_TEST_PASSWORD`, and is started with the
 * `--ban-… no` options.
 */
export function describeOnEachCopyparty(title: string, tests: (start: () => Promise<TestCopyparty>) => void): void {
  describe(`${title}, in front of the stand-in`, () => {
    tests(startStandIn);
  });
  describe.runIf(url !== undefined)(`${title}, in front of a real copyparty`, () => {
    tests(openRealOne);
  });
}

async function startStandIn(): Promise<TestCopyparty> {
  const fake = await startFakeCopyparty();
  return {
    url: fake.url,
    password: fakePassword,
    path: '/movies',
    addFile: async (name, content, modifiedAt) => fake.addFile(`/movies/${name}`, content, modifiedAt),
  };
}

async function openRealOne(): Promise<TestCopyparty> {
  if (url === undefined || root === undefined) throw new Error('COPYPARTY_TEST_ROOT has to name its folder');
  const folder = await mkdtemp(join(root, 'movies', 'contract-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return {
    url,
    password,
    path: `/movies/${basename(folder)}`,
    async addFile(name, content, modifiedAt = new Date('2024-05-06T07:08:09Z')) {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
      await utimes(path, modifiedAt, modifiedAt);
    },
  };
}
