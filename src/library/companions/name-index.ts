/** The names in a folder by their folded form, which is composed and in lower case. */
export type FoldedNames = ReadonlyMap<string, string>;

/** The same, in an order in which those with a common beginning stand together. */
export interface NameIndex {
  /** Returns the names, folded and as they are, whose folded form begins with the text: at most so many. */
  startingWith(prefix: string): { folded: string; name: string }[];
  /** Returns the name that has this folded form; undefined where there is none. */
  get(folded: string): string | undefined;
  /** How many films or songs there are in the folder; beyond a few, it does not matter. */
  countPlayed(): number;
}

const maxFound = 500;
const played =
  /\.(?:3gp|aac|ape|avi|flac|flv|m2ts|m4a|m4b|m4v|mka|mkv|mov|mp3|mp4|mpe?g|mts|og[agv]|opus|ts|vob|wav|webm|wm[av])$/;

const indexes = new WeakMap<FoldedNames, NameIndex>();

/** Makes the index of a listing, once. */
export function indexNames(names: FoldedNames): NameIndex {
  const known = indexes.get(names);
  if (known !== undefined) return known;
  const sorted = [...names.keys()].sort();
  let playedNames: number | undefined;
  const index: NameIndex = {
    startingWith(prefix) {
      const found: { folded: string; name: string }[] = [];
      for (let at = lowerBound(sorted, prefix); at < sorted.length && found.length < maxFound; at++) {
        const folded = sorted[at] ?? '';
        if (!folded.startsWith(prefix)) break;
        found.push({ folded, name: names.get(folded) ?? folded });
      }
      return found;
    },
    get: (folded) => names.get(folded),
    countPlayed: () => (playedNames ??= sorted.filter((name) => played.test(name)).length),
  };
  indexes.set(names, index);
  return index;
}

export function isPlayed(foldedName: string): boolean {
  return played.test(foldedName);
}

function lowerBound(sorted: readonly string[], text: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
