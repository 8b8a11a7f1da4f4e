/** What a caller may do, each role with all that the ones before it may. */
export const roles = ['VIEWER', 'EDITOR', 'ADMIN'] as const;
export type Role = (typeof roles)[number];

export function includesRole(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}

/** The highest of the roles that these words name, in any case; null where none does. */
export function highestRole(words: readonly string[]): Role | null {
  const named = new Set(words.map((word) => word.trim().toUpperCase()));
  return roles.findLast((role) => named.has(role)) ?? null;
}
