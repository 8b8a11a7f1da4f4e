import type { Role } from './role.ts';

/** The caller. */
export interface Principal {
  /** The name for people and logs: the token's name, the JWT's user, or the user that the identity proxy names. */
  name: string;
  role: Role;
  /** How the caller was identified. OPEN means that nobody is, because no access is configured. */
  source: 'OPEN' | 'TOKEN' | 'JWT' | 'PROXY' | 'COMMAND_LINE';
}

/** The caller of a service without access control, which listens only to its own machine. */
export const everybody: Principal = { name: 'everybody', role: 'ADMIN', source: 'OPEN' };
