/** Series, seasons, artists and albums. */
export const groupTexts = {
  tracks: 'Tracks',
  episodes: 'Episodes',
  shuffle: 'Play in random order',
  goOnWith: (title: string) => `Play ${title}`,
  seen: 'Seen',
  seenPart: (percent: number) => `${percent} % seen`,
  playsNow: 'Plays now',
  detailsOf: (title: string) => `Details of ${title}`,
} as const;
