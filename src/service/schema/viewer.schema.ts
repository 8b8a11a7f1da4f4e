import { builder } from './builder.ts';
import type { Principal } from '../access/principal.ts';
import type { roles } from '../access/role.ts';

export const RoleType = builder.enumType('Role', {
  description: 'What a caller may do, each with all that the ones before it may.',
  values: {
    VIEWER: { description: 'Read the catalogue, and play.' },
    EDITOR: { description: 'Upload, change and hide items, and make image proxies.' },
    ADMIN: { description: 'Scan, delete for good, migrate, hash, and see where things lie.' },
  } satisfies Record<(typeof roles)[number], object>,
});

const ViewerType = builder.objectRef<Principal>('Viewer').implement({
  description: 'Who asks.',
  fields: (t) => ({
    name: t.exposeString('name', { description: "The token's name, the JWT's user, or whom the proxy names." }),
    role: t.expose('role', { type: RoleType, description: 'What the caller may do.' }),
    isAuthenticated: t.boolean({
      description: 'False while no access is configured and everybody is an administrator.',
      resolve: ({ source }) => source !== 'OPEN',
    }),
    canSignOut: t.boolean({
      description: 'Whether the caller is known by the cookie of `POST /session`, which `DELETE /session` ends.',
      resolve: ({ isSession = false }) => isSession,
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: ViewerType,
    nullable: true,
    description: 'Who asks; null where nobody says so.',
    skipTypeScopes: true,
    resolve: (_root, _args, { viewer }) => viewer,
  }),
);
