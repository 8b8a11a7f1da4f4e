import type { Role } from './role.ts';

/** Who asks. */
export interface Principal {
  /** For people and logs: the token's name, the JWT's subject, the user that the proxy names. */
  name: string;
  role: Role;
  /** How it is known. OPEN: nobody is asked, as no access is configured. */
  source: 'OPEN' | 'TOKEN' | 'JWT' | 'PROXY' | 'COMMAND_LINE';
}

/** Everybody, on a service without access control that listens to its own machine alone. */
export const everybody: Principal = { name: 'everybody', role: 'ADMIN', source: 'OPEN' };
