/** Returns all of them in random order. */
export function shuffle<Each>(all: readonly Each[], random: () => number): Each[] {
  return all
    .map((each) => ({ each, by: random() }))
    .toSorted((a, b) => a.by - b.by)
    .map(({ each }) => each);
}
