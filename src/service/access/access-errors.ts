import { count } from '../../base/count.ts';
import { DomainError } from '../../base/errors/domain-error.ts';
import type { Role } from './role.ts';

/** The request names no caller, or its credentials are not valid. */
export class UnauthenticatedError extends DomainError {
  readonly code = 'UNAUTHENTICATED';
  readonly httpStatus = 401;

  constructor(reason = 'This needs a token: send `Authorization: Bearer <token>`.', options?: ErrorOptions) {
    super(reason, options);
  }
}

/** The caller is known, but the role does not allow this. */
export class ForbiddenError extends DomainError {
  readonly code = 'FORBIDDEN';
  readonly httpStatus = 403;

  constructor(role: Role, needed: Role | null = null) {
    super(
      `The role ${role.toLowerCase()} may not do this${needed ? `; it needs the role ${needed.toLowerCase()}` : ''}.`,
    );
  }
}

/** Too many wrong tokens came from this address. */
export class TooManyAttemptsError extends DomainError {
  readonly code = 'TOO_MANY_ATTEMPTS';
  readonly httpStatus = 429;
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super(`Too many wrong tokens came from this address. Try again in ${count(retryAfterSeconds, 'second')}.`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The request names a host that is not this service: a web page may have led a browser here (DNS rebinding). */
export class UnknownHostError extends DomainError {
  readonly code = 'UNKNOWN_HOST';
  readonly httpStatus = 421;

  constructor() {
    super(
      'While no access is configured, the service answers only as localhost, 127.0.0.1 or [::1]. Create a token with ' +
        '`mediashelf token create` to reach it under another name.',
    );
  }
}

export class TokenNotFoundError extends DomainError {
  readonly code = 'TOKEN_NOT_FOUND';
  readonly httpStatus = 500;

  constructor(token: string) {
    super(`There is no token ${JSON.stringify(token)} that is not revoked already; see \`mediashelf token list\`.`);
  }
}

/** A new token would have the name of another one. */
export class TokenNameTakenError extends DomainError {
  readonly code = 'TOKEN_NAME_TAKEN';
  readonly httpStatus = 500;

  constructor(name: string, id: string) {
    super(
      `There is a token ${JSON.stringify(name)} already (${id}): give another name, or revoke that one first with ` +
        `\`mediashelf token revoke ${id}\`.`,
    );
  }
}

export class AmbiguousTokenError extends DomainError {
  readonly code = 'AMBIGUOUS_TOKEN';
  readonly httpStatus = 500;

  constructor(name: string, ids: readonly string[]) {
    super(`Several tokens are called ${JSON.stringify(name)}: name one by its ID (${ids.join(', ')}).`);
  }
}

/** HOST is an address that others reach, while no access is configured. */
export class OpenToNetworkError extends DomainError {
  readonly code = 'OPEN_TO_NETWORK';
  readonly httpStatus = 500;

  constructor(host: string) {
    super(
      `HOST is ${host}, where others reach the service, and no access is configured: everybody could change everything. ` +
        'Create a token with `mediashelf token create --role admin --name me`, or set JWT_SECRET, JWT_JWKS_URL or ' +
        'TRUSTED_PROXIES, or listen on 127.0.0.1.',
    );
  }
}
