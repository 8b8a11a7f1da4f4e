import { readFile } from 'node:fs/promises';

export interface Instruction {
  /** In capitals, as `COPY`. */
  name: string;
  /** All that follows, on one line. */
  text: string;
}

export interface Stage {
  image: string;
  /** Its name, where it has one. */
  name: string | undefined;
  instructions: Instruction[];
}

/** The stages of a Dockerfile, in order. Knows what ours uses: no here-documents, no parser directives. */
export async function readDockerfile(path: string): Promise<Stage[]> {
  const text = (await readFile(path, 'utf8')).replace(/^\s*#.*\n/gm, '').replace(/\\\n\s*/g, '');
  const stages: Stage[] = [];
  for (const line of text.split('\n')) {
    const [, name = '', rest = ''] = /^([A-Za-z]+)\s+(.*)$/.exec(line) ?? [];
    if (name.toUpperCase() === 'FROM') {
      const [image = '', , stageName] = rest.split(/\s+/);
      stages.push({ image, name: stageName, instructions: [] });
    } else if (name !== '') stages.at(-1)?.instructions.push({ name: name.toUpperCase(), text: rest });
  }
  return stages;
}

/** What the instructions of a stage set in its environment. */
export function environmentOf({ instructions }: Stage): Record<string, string> {
  const settings = instructions.filter(({ name }) => name === 'ENV').flatMap(({ text }) => text.split(/\s+/));
  return Object.fromEntries(settings.map((setting) => setting.split(/=(.*)/s).slice(0, 2) as [string, string]));
}

/** The stage that a `COPY` takes from, its sources and where they go. */
export function readCopy({ text }: Instruction): { from: string | undefined; sources: string[]; target: string } {
  const words = text.split(/\s+/);
  const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
  const paths = words.filter((word) => !word.startsWith('--'));
  return { from, sources: paths.slice(0, -1), target: paths.at(-1) ?? '' };
}
