import { DomainError } from '../../base/errors/domain-error.ts';

/** Errors of copyparty. The messages go to clients: they name no address, and nothing that copyparty said. */
export abstract class UpstreamError extends DomainError {}

/** Nobody answers at its address: it is switched off, restarting, or the address is wrong. `cause` says which. */
export class UpstreamUnreachableError extends UpstreamError {
  readonly code = 'UPSTREAM_UNREACHABLE';
  readonly httpStatus = 502;

  constructor(options?: ErrorOptions) {
    super('The file server behind this service cannot be reached. Try again in a moment.', options);
  }
}

/** Copyparty took the request and did not begin to answer in time. */
export class UpstreamTimeoutError extends UpstreamError {
  readonly code = 'UPSTREAM_TIMEOUT';
  readonly httpStatus = 504;

  constructor(options?: ErrorOptions) {
    super('The file server behind this service does not answer in time. Try again in a moment.', options);
  }
}

/** Copyparty does not let the service in: the password is wrong, or its user may not read that folder. */
export class UpstreamRefusedError extends UpstreamError {
  readonly code = 'UPSTREAM_REFUSED';
  readonly httpStatus = 502;
  /** Whether it refuses every request from this address. */
  readonly isBanned: boolean;

  constructor(isBanned = false) {
    super('The file server behind this service does not give it this file. Its owner can ask `mediashelf doctor` why.');
    this.isBanned = isBanned;
  }
}

/** An answer that cannot be used, or one that ended or stalled before it was complete. `reason` is for the log. */
export class UpstreamBrokenError extends UpstreamError {
  readonly code = 'UPSTREAM_BROKEN';
  readonly httpStatus = 502;
  readonly reason: string;

  constructor(reason: string, options?: ErrorOptions) {
    super('The file server behind this service gave an answer that cannot be used, or only a part of one.', options);
    this.reason = reason;
  }
}
