import type { DomainError } from '../../base/errors/domain-error.ts';
import { StorageError } from '../../base/errors/storage-error.ts';
import { UnreadableImageError } from '../../base/errors/unreadable-image-error.ts';
import type { FailedRendering } from './proxy-renderer.ts';

/** The error class that did not survive the way out of the worker. */
export function toProxyError({ code, reason }: Pick<FailedRendering, 'code' | 'reason'>): DomainError {
  return code === 'STORAGE_ERROR' ? new StorageError(reason) : new UnreadableImageError(reason);
}
