/**
 * Orders pictures by what they show, as far as it is declared: the front cover presents an item, then what is not
 * declared, then the rest; icons come last. Equals keep their order.
 */
export function rankPictures<P extends { shows: string }>(pictures: readonly P[]): P[] {
  return pictures.toSorted((one, other) => rankOf(one.shows) - rankOf(other.shows));
}

// The types are those of ID3v2 (section 4.14), FLAC and APEv2; the names of attachments those of Matroska.
const ranks: readonly RegExp[] = [
  /\bfront\b|^(?:cover|front)\.\w+$/,
  /^(?:cover_land|small_cover|small_cover_land|folder|poster)\.\w+$/,
  /^(?:other|cover art \(other\))?$/,
  /illustration|media|leaflet/,
];
const isLast = /icon|fish/;

function rankOf(shows: string): number {
  const text = shows.toLowerCase();
  if (isLast.test(text)) return ranks.length + 1;
  const rank = ranks.findIndex((pattern) => pattern.test(text));
  return rank === -1 ? ranks.length : rank;
}
