import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { runCampaign } from './campaign.ts';
import { scenarios } from './scenarios.ts';

/** One kill in each of these, which need no preparation. All scenarios, and many more kills: npm run test:crash. */
const chosen = new Set(['first-start', 'upload', 'tus', 'migration', 'promotion']);

it('loses nothing and leaves nothing behind, whenever it is killed', { timeout: 600_000 }, async () => {
  const printed: string[] = [];
  const { kills } = await runCampaign({
    parent: await temporaryFolder(),
    scenarios: scenarios.filter(({ name }) => chosen.has(name)),
    rounds: 1,
    seed: Number(process.env.CRASH_SEED ?? 1),
    atOnce: 2,
    print: (line) => printed.push(line),
  });
  expect(printed.filter((line) => !/^seed| 0 breaches$/.test(line))).toEqual([]);
  // Some may miss their point: which worker does what is never the same.
  expect(kills).toBeGreaterThan(chosen.size / 2);
});
