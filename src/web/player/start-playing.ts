/**
 * Has a film or a song play. That it does not is told by its own events: it may fail, want a click first, or be paused again before it
 * has begun.
 */
export function startPlaying(media: HTMLMediaElement): void {
  media.play().catch(() => undefined);
}
