import type { Kill, PreparedScenario } from './round.ts';

type Point = Pick<PreparedScenario, 'trace' | 'durationMs'>;

/**
 * Draws when to kill: each kind of operation in turn, so that rare ones are not missed, at any of its occurrences; every
 * fifth time at any moment; and every fourth time the process that starts again is killed as well.
 */
export function drawKills({ trace, durationMs }: Point, rounds: number, random: () => number): Kill[][] {
  const counts = new Map<string, number>();
  for (const label of trace) counts.set(label, (counts.get(label) ?? 0) + 1);
  const labels = shuffle([...counts.keys()], random);
  const anyTime = (): Kill => ({ afterMs: Math.round(durationMs * (0.2 + random())) });
  return Array.from({ length: rounds }, (_, index) => {
    const label = labels[index % labels.length];
    const count = counts.get(label ?? '');
    const first =
      label === undefined || count === undefined || index % 5 === 4
        ? anyTime()
        : { at: `${label}#${1 + Math.floor(random() * count)}:${drawMode(label, random)}` };
    return index % 4 === 3 ? [first, anyTime()] : [first];
  });
}

/** What is one step for the system has no middle. */
function drawMode(label: string, random: () => number): string {
  const modes = /^\w+ (write|writeFile|appendFile|sql CREATE|sql ALTER) /.test(`${label} `)
    ? ['before', 'torn', 'after']
    : ['before', 'after'];
  return modes[Math.floor(random() * modes.length)] as string;
}

function shuffle<T>(values: T[], random: () => number): T[] {
  for (let index = values.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    [values[index], values[other]] = [values[other] as T, values[index] as T];
  }
  return values;
}
