import { toSegments, type Segment } from '../map-path.ts';

/** A folder that all models of a drive, a share or a top folder have in common. */
export interface CommonFolder {
  /** As the earlier application wrote it. */
  path: string;
  modelCount: number;
  /** Some of the paths, spread over all of them. */
  samples: string[];
}

/** Gathers paths and finds the deepest folders that they have in common, one for each drive, share or top folder. */
interface CommonFolders {
  add(path: string): void;
  /** Those with the most models first, at most `mostFolders`. */
  list(): CommonFolder[];
}

interface Group {
  folder: Segment[];
  isShare: boolean;
  modelCount: number;
  samples: Samples;
}

const mostFolders = 50;
/** More drives and top folders than this are not told apart. */
const mostGroups = 1_000;
const samplesOfFolder = 12;

export function createCommonFolders(): CommonFolders {
  const groups = new Map<string, Group>();
  return {
    add(path) {
      const segments = toSegments(path);
      const folder = segments.slice(0, -1);
      const isShare = path.startsWith('\\\\');
      const key = segments
        .slice(0, isShare ? 3 : 2)
        .map((segment) => segment.key)
        .join('/');
      const group = groups.get(key);
      if (group !== undefined) {
        group.folder = commonStart(group.folder, folder);
        group.modelCount += 1;
        group.samples.add(path);
      } else if (groups.size < mostGroups) {
        const samples = createSamples(samplesOfFolder);
        samples.add(path);
        groups.set(key, { folder, isShare, modelCount: 1, samples });
      }
    },
    list: () =>
      [...groups.values()]
        .toSorted((a, b) => b.modelCount - a.modelCount)
        .slice(0, mostFolders)
        .map(({ folder, isShare, modelCount, samples }) => ({
          path: joinSegments(folder, isShare),
          modelCount,
          samples: samples.list(),
        })),
  };
}

/** Writes a folder as the earlier application would have: with its own separator. */
export function joinSegments([root, ...rest]: readonly Segment[], isShare: boolean): string {
  const texts = rest.map(({ text }) => text);
  if (root?.key !== 'windows') return (root?.key === 'posix' ? '/' : '') + texts.join('/');
  if (isShare) return `\\\\${texts.join('\\')}`;
  return texts.length === 1 ? `${texts[0]}\\` : texts.join('\\');
}

function commonStart(a: readonly Segment[], b: readonly Segment[]): Segment[] {
  const length = a.findIndex((segment, at) => segment.key !== b[at]?.key);
  return a.slice(0, length === -1 ? a.length : length);
}

export interface Samples {
  add(text: string): void;
  list(): string[];
}

/** Keeps at most twice so many of the texts, spread evenly, and gives at most so many. */
export function createSamples(most: number): Samples {
  let kept: string[] = [];
  let step = 1;
  let seen = 0;
  return {
    add(text) {
      if (seen % step === 0) kept.push(text);
      seen += 1;
      if (kept.length < 2 * most) return;
      kept = kept.filter((_text, at) => at % 2 === 0);
      step *= 2;
    },
    list: () => kept.slice(0, most),
  };
}
