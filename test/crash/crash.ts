// Kills the service with -9 in the middle of all that it does, starts it again, and looks for what was lost or left behind.
// npm run test:crash -- --help
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCampaign, type CampaignOptions } from './campaign.ts';
import { scenarios } from './scenarios.ts';

const help = `Usage: npm run test:crash -- [options]

  --rounds N         kills for each scenario (CRASH_ROUNDS; default 30)
  --seed N           what is drawn by lot (CRASH_SEED; default: another one each time, which is printed)
  --scenario NAME    only this one; may be repeated: ${scenarios.map(({ name }) => name).join(', ')}
  --kill POINT       only this kill, as a breach names it: "label#number:mode", or milliseconds after the start;
                     may be repeated, for processes that are killed one after the other
  --at-once N        rounds side by side (default 2)
  --keep             leave the work folders of breaches

Expects the compiled service in dist/. Ends with 1 where something was wrong.
`;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: process.env.CRASH_ROUNDS ?? '30' },
    seed: { type: 'string', default: process.env.CRASH_SEED ?? String(Date.now() % 1_000_000) },
    scenario: { type: 'string', multiple: true },
    kill: { type: 'string', multiple: true },
    'at-once': { type: 'string', default: '2' },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(help);
else await run();

async function run(): Promise<void> {
  const parent = await mkdtemp(join(tmpdir(), 'mediashelf-crash-'));
  const options: CampaignOptions = {
    parent,
    scenarios: scenarios.filter(({ name }) => values.scenario?.includes(name) ?? true),
    rounds: Number(values.rounds),
    seed: Number(values.seed),
    atOnce: Number(values['at-once']),
    kills: values.kill?.map((at) => (/^\d+$/.test(at) ? { afterMs: Number(at) } : { at })),
    keep: values.keep,
    print: (line) => process.stdout.write(`${line}\n`),
  };
  const { breaches } = await runCampaign(options);
  if (breaches > 0) process.exitCode = 1;
  if (!values.keep) await rm(parent, { recursive: true, force: true });
}
