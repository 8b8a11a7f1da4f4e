/** The rows that `find` gives for the numbers, in their order; null for each that there is none of. */
export async function findInOrder<Row extends { id: number }>(
  ids: readonly (number | null)[],
  find: (known: number[]) => Promise<readonly Row[]>,
): Promise<(Row | null)[]> {
  const rows = await find(ids.filter((id) => id !== null));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => (id === null ? null : (byId.get(id) ?? null)));
}
