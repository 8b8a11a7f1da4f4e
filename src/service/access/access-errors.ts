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

/** The token in a browser's session cookie is not valid any more. The answer makes the browser forget it. */
export class SessionEndedError extends DomainError {
  readonly code = 'SESSION_ENDED';
  readonly httpStatus = 401;

  constructor(reason: string, options?: ErrorOptions) {
    super(`The session has ended: sign in again. ${reason}`, options);
  }
}

/** A browser sent two session cookies that differ: which of them its user meant cannot be known. */
export class DoubledSessionError extends DomainError {
  readonly code = 'DOUBLED_SESSION';
  readonly httpStatus = 400;

  constructor(cookie: string) {
    super(
      `Two cookies ${cookie} came that differ. One of them may be from a page of a neighbouring host: remove the cookies of ` +
        'this site in the browser, and sign in again.',
    );
  }
}

/** A page of another origin wants to change something with the session of the browser's user. */
export class CrossSiteRequestError extends DomainError {
  readonly code = 'CROSS_SITE_REQUEST';
  readonly httpStatus = 403;

  constructor() {
    super(
      "With a browser's session, only pages of this very service may do this, and only they sign in and out: others send a " +
        'token as `Authorization: Bearer <token>`. Behind a reverse proxy, see PUBLIC_URL and TRUSTED_PROXIES.',
    );
  }
}

/** Whoever wants to sign in comes in without it. */
export class NothingToSignInToError extends DomainError {
  readonly code = 'NOTHING_TO_SIGN_IN_TO';
  readonly httpStatus = 409;

  constructor(hasIdentityProxy: boolean) {
    super(
      hasIdentityProxy
        ? 'There is nothing to sign in to: the reverse proxy in front of the service says who its users are.'
        : 'There is nothing to sign in to: no access is configured, and everybody is an administrator.',
    );
  }
}

/** Browsers drop such a cookie without a word. */
export class TokenTooLongError extends DomainError {
  readonly code = 'TOKEN_TOO_LONG';
  readonly httpStatus = 413;

  constructor(length: number, longest: number) {
    super(
      `The token has ${length} characters, and browsers keep at most ${longest} in a cookie: have the issuer put fewer claims ` +
        'into it, or send it as `Authorization: Bearer <token>`.',
    );
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
