export const speeds = [0.5, 0.75, 1, 1.25, 1.5, 2] as const;

/** Goes on to the next speed that is faster (1) or slower (-1), and returns it. */
export function changeSpeed(video: HTMLVideoElement, by: 1 | -1): number {
  const at = speeds.findIndex((speed) => speed >= video.playbackRate);
  const now = at < 0 ? speeds.length - 1 : at;
  video.playbackRate = speeds[Math.min(speeds.length - 1, Math.max(0, now + by))] ?? 1;
  return video.playbackRate;
}
