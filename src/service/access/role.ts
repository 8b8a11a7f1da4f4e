/** The roles of callers, each with the rights of all roles before it. */
export const roles = ['VIEWER', 'EDITOR', 'ADMIN'] as const;
export type Role = (typeof roles)[number];

/** The groups whose members have a role, beside the groups that are called as the role is. */
export type RoleGroups = Readonly<Partial<Record<Role, readonly string[]>>>;

export function includesRole(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}

/**
 * Returns the highest role that these names of groups give; null where they give none. Case does not count, nor the slash
 * that Keycloak writes before the path of a group. A text whose words are all such
 * groups is a list of them; any other is one name: who is in `wiki admin` is no administrator.
 */
export function highestRole(names: readonly string[], groups: RoleGroups = {}): Role | null {
  const giving = new Map<string, Role>();
  for (const role of roles) {
    for (const group of [role, ...(groups[role] ?? [])]) giving.set(fold(group), role);
  }
  const held = names.flatMap((name) => {
    const words = name.trim().split(/\s+/);
    return words.length > 1 && words.every((word) => giving.has(fold(word))) ? words : [name];
  });
  const given = new Set(held.map((name) => giving.get(fold(name))));
  return roles.findLast((role) => given.has(role)) ?? null;
}

function fold(name: string): string {
  return name.trim().replace(/^\//, '').normalize('NFC').toLowerCase();
}
