import { UnreadableImageError } from '../errors/unreadable-image-error.ts';
import { hideDescriptor } from './picture-errors.ts';

/** What libvips found wrong, in one line; its own message names the descriptor that it read. */
export function toUnreadable(error: unknown): UnreadableImageError {
  const message = error instanceof Error ? error.message : String(error);
  const line = message.split('\n').findLast((text) => text.trim() !== '') ?? message;
  const reason = hideDescriptor(line).trim();
  return new UnreadableImageError(/[.!]$/.test(reason) ? reason : `${reason}.`, { cause: error });
}
