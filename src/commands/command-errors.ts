import { DomainError } from '../base/errors/domain-error.ts';

/** No service could be reached, or it refused the operation. */
export class ServiceRequestError extends DomainError {
  readonly code = 'SERVICE_REQUEST_FAILED';
  readonly httpStatus = 500;
}

/** The service cannot listen on HOST and PORT. */
class ListenError extends DomainError {
  readonly code = 'CANNOT_LISTEN';
  readonly httpStatus = 500;
}

/** Turns the system's refusal to listen into a sentence that names the setting at fault; returns other errors as they are. */
export function toListenError(error: unknown, { host, port }: { host: string; port: number }): unknown {
  const because = (reason: string) => new ListenError(reason, { cause: error });
  switch ((error as NodeJS.ErrnoException).code ?? '') {
    case 'EADDRINUSE':
      return because(`Port ${port} of ${host} is taken by another program: stop that one, or set PORT to a free one.`);
    case 'EACCES':
      return because(`Port ${port} is reserved for administrators: set PORT to one from 1024 on.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
      return because(
        `HOST is ${host}, which is no address of this machine: set HOST to 127.0.0.1, or to one that it has.`,
      );
    default:
      return error;
  }
}
