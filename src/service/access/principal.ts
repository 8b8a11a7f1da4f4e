import type { Role } from './role.ts';

/** The caller. */
export interface Principal {
  /** The name for people and logs: the token's name, the JWT's user, or the user that the identity proxy names. */
  name: string;
  role: Role;
  /** How the caller was identified. OPEN means that nobody is, because no access is configured. */
  source: 'OPEN' | 'TOKEN' | 'JWT' | 'PROXY' | 'COMMAND_LINE';
  /** Whether the token came in the session cookie, which a browser sends by itself, whichever page asks. */
  isSession?: boolean;
  /** The end of the validity of an API token; undefined where it never expires, and for other callers. */
  expiresAt?: Date;
}

/** The caller of a service without access control, which listens only to its own machine. */
export const everybody: Principal = { name: 'everybody', role: 'ADMIN', source: 'OPEN' };

/**
 * Whether this caller's media elements need signed URLs: they send no header. A browser sends its session by itself.
 */
export function needsSignature({ source, isSession = false }: Principal): boolean {
  return source !== 'OPEN' && !isSession;
}
