import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PQueue from 'p-queue';
import { seededRandom } from '../support/seeded-random.ts';
import { drawKills } from './draw-kills.ts';
import { prepareScenario, runRound, type Kill, type PreparedScenario } from './round.ts';
import type { Scenario } from './scenario.ts';

export interface CampaignOptions {
  /** Where the work folders are made. */
  parent: string;
  scenarios: readonly Scenario[];
  /** For each scenario. */
  rounds: number;
  seed: number;
  /** Rounds side by side. */
  atOnce: number;
  /** In place of those that are drawn by lot. */
  kills?: readonly Kill[] | undefined;
  /** Leave the work folders of breaches. */
  keep?: boolean;
  print: (line: string) => void;
}

interface Figures {
  rounds: number;
  kills: number;
  reached: Set<string>;
  breaches: number;
}

/**
 * Kills the service in each scenario so many times, prints what came of it, and gives the number of rounds with a
 * breach.
 */
export async function runCampaign(options: CampaignOptions): Promise<{ kills: number; breaches: number }> {
  const { parent, scenarios, atOnce, rounds, seed, print } = options;
  const queue = new PQueue({ concurrency: atOnce });
  const total = { kills: 0, breaches: 0 };
  print(`seed ${seed}`);
  const runScenario = async (scenario: Scenario): Promise<void> => {
    const prepared = await queue.add(() => prepareScenario(scenario, parent));
    const random = seededRandom(seed + hashOf(scenario.name));
    const chosen = options.kills ? [options.kills] : drawKills(prepared, rounds, random);
    const figures: Figures = { rounds: 0, kills: 0, reached: new Set(), breaches: 0 };
    await queue.addAll(chosen.map((kills, index) => () => runOne(options, prepared, kills, index, figures)));
    const labels = new Set(prepared.trace);
    print(
      `${scenario.name.padEnd(12)} ${figures.rounds} rounds, ${figures.kills} kills, at ${figures.reached.size} of ` +
        `${labels.size} kinds of operation (${prepared.trace.length} in all), ${figures.breaches} breaches`,
    );
    total.kills += figures.kills;
    total.breaches += figures.breaches;
    await rm(prepared.template, { recursive: true, force: true });
  };
  await Promise.all(scenarios.map(runScenario));
  print(`${total.kills} kills, ${total.breaches} breaches`);
  return total;
}

async function runOne(
  { parent, print, keep = false }: CampaignOptions,
  prepared: PreparedScenario,
  kills: readonly Kill[],
  index: number,
  figures: Figures,
): Promise<void> {
  const { name } = prepared.scenario;
  const folder = join(parent, `${name}-${index}`);
  const result = await runRound(prepared, kills, folder);
  figures.rounds += 1;
  figures.kills += result.kills;
  for (const kill of kills) if ('at' in kill && result.kills > 0) figures.reached.add(kill.at.replace(/#.*$/, ''));
  if (result.breaches.length > 0) {
    figures.breaches += 1;
    const options = kills.map((kill) => `--kill '${'at' in kill ? kill.at : Math.round(kill.afterMs)}'`).join(' ');
    print(`BREACH: npm run test:crash -- --scenario ${name} ${options}`);
    for (const breach of result.breaches.slice(0, 12))
      print(`  ${breach.replaceAll(folder, '<folder>').slice(0, 700)}`);
    if (keep) await writeFile(join(folder, 'output.txt'), result.output);
  }
  if (result.breaches.length === 0 || !keep) await rm(folder, { recursive: true, force: true });
}

/** So that a scenario draws the same, whichever others run. */
function hashOf(name: string): number {
  return Buffer.from(name).reduce((sum, byte) => (sum * 31 + byte) % 65_536, 7);
}
