/** The roles of callers, each with the rights of all roles before it. */
export const roles = ['VIEWER', 'EDITOR', 'ADMIN'] as const;
export type Role = (typeof roles)[number];

export function includesRole(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}

/** Returns the highest role that these words name, upper or lower case; null where they name none. */
export function highestRole(words: readonly string[]): Role | null {
  const named = new Set(words.map((word) => word.trim().toUpperCase()));
  return roles.findLast((role) => named.has(role)) ?? null;
}
