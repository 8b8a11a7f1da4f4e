interface EpisodeNumbers {
  seasonNumber: number;
  episodeNumber: number;
}

/**
 * Season and episode of a stem that has `S01E02` (also `s1.e2`, `S2021E05`) or `1x02`, in any case; null where there are
 * none. Of a double episode, `S01E02E03`, the first.
 */
export function episodeNumbersOf(stem: string): EpisodeNumbers | null {
  const match = seasonAndEpisode.exec(stem) ?? crossed.exec(stem);
  if (match === null) return null;
  return { seasonNumber: Number(match[1]), episodeNumber: Number(match[2]) };
}

// Neither may start inside a word or a number, nor end inside a number.
const seasonAndEpisode = /(?<![a-z0-9])s(\d{1,4})[\s._-]{0,3}e(\d{1,4})(?!\d)/i;

// Two digits at most before the x and two or three after it: a resolution has more (640x360, 1920x1080) and an aspect
// ratio fewer (16x9). `5.1x264` is a sound format beside a codec.
const crossed = /(?<![a-z0-9])(\d{1,2})x(?!26[456](?!\d))(\d{2,3})(?![a-z0-9])/i;
