interface PathMove {
  item: { id: number };
  /** `occupantId`: the item that has the path that the moved one would take. */
  to: { occupantId: number | null };
}

/**
 * Leaves out the moves to paths of items that stay. An item keeps its path whatever file lies there: two items cannot
 * share one, and neither may be lost for the other. An item whose move is left out stays too, which may rule out another
 * move.
 */
export function keepOccupiedPaths<M extends PathMove>(moves: readonly M[]): M[] {
  let allowed = [...moves];
  for (;;) {
    const leaving = new Set(allowed.map(({ item }) => item.id));
    const kept = allowed.filter(({ to }) => to.occupantId === null || leaving.has(to.occupantId));
    if (kept.length === allowed.length) return allowed;
    allowed = kept;
  }
}
