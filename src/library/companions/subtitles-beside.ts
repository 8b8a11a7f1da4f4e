import { posix } from 'node:path';
import { foldName } from './fold-name.ts';
import { isPlayed, type NameIndex } from './name-index.ts';
import { isOnlyFacts, isSubtitle, readSubtitleFacts, type SubtitleFacts } from './subtitle-names.ts';

/** The names of a folder, given from the root of the category. */
export type ListNames = (folder: string) => Promise<NameIndex>;

export interface FoundSubtitle {
  relativePath: string;
  facts: SubtitleFacts;
}

const subtitleFolders = ['subs', 'subtitles', 'sub', 'subtitle', 'vobsubs', 'untertitel'];

/**
 * Finds the subtitles of a film or a song: beside it under its name, in a folder of subtitles beside it under its name or in a
 * folder of its name there; and all of that folder, where nothing else is played from the item's.
 */
export async function findSubtitles(relativePath: string, list: ListNames): Promise<FoundSubtitle[]> {
  const { dir, name: stem } = posix.parse(relativePath);
  const folder = dir === '' ? '.' : dir;
  const names = await list(folder);
  const found = named(names, stem).map(({ name, rest }) => toSubtitle(posix.join(folder, name), rest));
  for (const folded of subtitleFolders) {
    const name = names.get(folded);
    if (name !== undefined) found.push(...(await findIn(posix.join(folder, name), stem, names, list)));
  }
  return found;
}

async function findIn(folder: string, stem: string, besides: NameIndex, list: ListNames): Promise<FoundSubtitle[]> {
  const names = await list(folder);
  const byName = named(names, stem).map(({ name, rest }) => toSubtitle(posix.join(folder, name), rest));
  const ownFolder = names.get(foldName(stem));
  const own = ownFolder === undefined ? [] : await allOf(posix.join(folder, ownFolder), list);
  if (byName.length + own.length > 0 || besides.countPlayed() > 1) return [...byName, ...own];
  return allOf(folder, list);
}

async function allOf(folder: string, list: ListNames): Promise<FoundSubtitle[]> {
  const names = (await list(folder)).startingWith('');
  return names
    .filter(({ folded }) => isSubtitle(folded))
    .map(({ name }) => toSubtitle(posix.join(folder, name), posix.parse(name).name));
}

function toSubtitle(relativePath: string, rest: string): FoundSubtitle {
  return { relativePath, facts: readSubtitleFacts(rest) };
}

/** The subtitles whose names begin with that of the film, with what stands behind it. */
function named(names: NameIndex, stem: string): { name: string; rest: string }[] {
  const start = foldName(stem);
  return ['.', '-', '_', ' ', '('].flatMap((separator) =>
    names
      .startingWith(start + separator)
      .filter(({ folded }) => isSubtitle(folded))
      .map(({ folded, name }) => {
        const composed = name.normalize('NFC');
        // A few letters have another length in lower case.
        const text = posix.parse(composed.length === folded.length ? composed : folded).name;
        return { name, folded, rest: text.slice(start.length) };
      })
      .filter(({ folded, rest }) => (separator === '.' ? !isOfLongerName(names, start, folded) : isOnlyFacts(rest))),
  );
}

/** Whether there is a film whose name goes on as that of the subtitle does: `Film.2.mkv` has `Film.2.en.srt`. */
function isOfLongerName(names: NameIndex, start: string, folded: string): boolean {
  const rest = posix.parse(folded).name.slice(start.length);
  for (let end = rest.indexOf('.', 1); ; end = rest.indexOf('.', end + 1)) {
    const longer = start + (end === -1 ? rest : rest.slice(0, end));
    const isFilm = ({ folded: other }: { folded: string }) => isPlayed(other) && posix.parse(other).name === longer;
    if (longer !== start && names.startingWith(`${longer}.`).some(isFilm)) return true;
    if (end === -1) return false;
  }
}
