import { DomainError, UnreadableImageError } from '../../base/errors/domain-error.ts';
import { StorageError } from '../../base/errors/storage-error.ts';
import type { FailedRendering } from './render-proxy.task.ts';

/** An image proxy of a film or a sound was asked for. */
export class NotAnImageError extends DomainError {
  readonly code = 'NOT_AN_IMAGE';
  readonly httpStatus = 500;

  constructor(filename: string, mediaType: string) {
    super(`${filename} is ${mediaType === 'AUDIO' ? 'a sound' : 'a video'}: image proxies are made of images.`);
  }
}

/** The image has a proxy already, and `force` was not given. */
export class ImageProxyExistsError extends DomainError {
  readonly code = 'IMAGE_PROXY_EXISTS';
  readonly httpStatus = 500;
  readonly proxyId: number;

  constructor(proxyId: number, filename: string) {
    super(`The image has a proxy already, ${filename}. With \`force\` it is made again.`);
    this.proxyId = proxyId;
  }
}

/** The configuration has no profile of that name. */
export class UnknownProfileError extends DomainError {
  readonly code = 'UNKNOWN_PROFILE';
  readonly httpStatus = 500;

  constructor(name: string, known: readonly string[]) {
    super(`There is no profile "${name.slice(0, 80)}" for image proxies. The configuration has: ${known.join(', ')}.`);
  }
}

export class ImageProxyNotFoundError extends DomainError {
  readonly code = 'IMAGE_PROXY_NOT_FOUND';
  readonly httpStatus = 404;

  constructor(publicId: string) {
    super(`There is no image proxy with the ID "${publicId.slice(0, 80)}": it may have been made again or removed.`);
  }
}

/** Restores the error class, which did not survive the way out of the worker. */
export function toProxyError({ code, reason }: Pick<FailedRendering, 'code' | 'reason'>): DomainError {
  return code === 'STORAGE_ERROR' ? new StorageError(reason) : new UnreadableImageError(reason);
}
