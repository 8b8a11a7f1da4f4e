/** Returns the pictures as `order` wants them by their numbers; those that it does not name come last, as they stood. */
export function inOrder<Picture extends { seq: number }>(
  pictures: readonly Picture[],
  order: readonly number[] | null,
): readonly Picture[] {
  if (order === null) return pictures;
  const placeOf = ({ seq }: Picture) => {
    const at = order.indexOf(seq);
    return at === -1 ? order.length : at;
  };
  return pictures.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** Returns the numbers with one of them at another place; null where nothing changes. */
export function moveTo(seqs: readonly number[], seq: number, to: number): number[] | null {
  const from = seqs.indexOf(seq);
  if (from === -1 || to < 0 || to >= seqs.length || to === from) return null;
  const others = seqs.filter((each) => each !== seq);
  return [...others.slice(0, to), seq, ...others.slice(to)];
}
