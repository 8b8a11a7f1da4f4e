import { numberOf, numberPattern, toPlainSigns } from './plain-signs.ts';

/** What the folders from the root to a file say of its season. */
export interface SeasonOfFolders {
  /** Zero for specials; null where no folder says one. */
  season: number | null;
  /** Whether a folder says that no episodes lie in it, such as `Extras`. */
  isBeside: boolean;
}

/** Reads the folders from the innermost on, in which the names of people who keep series stand nearest. */
export function seasonOfFolders(folders: readonly string[]): SeasonOfFolders {
  const isBeside = folders.some((name) => besides.test(name.trim()));
  for (const [index, folder] of [...folders.entries()].toReversed()) {
    // A number alone in the root is the name of a series (`24`), and behind a year a month.
    const isNumber = /^\d+$/.test(folder.trim());
    if (isNumber && (index === 0 || /^\d{4}$/.test(folders[index - 1]!.trim()))) continue;
    const season = seasonOfFolder(folder);
    if (season !== null) return { season, isBeside };
  }
  return { season: null, isBeside };
}

/** Returns the season that a folder is named for: `Season 4`, `S04`, `Staffel 4 (2005)`, `4`, `Specials`; null for another. */
export function seasonOfFolder(folder: string): number | null {
  const plain = toPlainSigns(folder).trim();
  if (specials.test(plain)) return 0;
  const alone = /^\d{1,2}$/.exec(plain);
  return alone === null ? seasonOfName(plain) : Number(alone[0]);
}

/** Returns the season that a name tells of somewhere, without an episode: `Show S2 - 05`, `Show Season 2`; null where it tells none. */
export function seasonOfName(plain: string): number | null {
  for (const form of seasonForms) {
    const match = form.exec(plain);
    if (match !== null) return numberOf(match[1]!);
  }
  return null;
}

const words =
  'season|series|staffel|saison|temporada|stagione|seizoen|sezonul|sezona|sezóna|sezon|säsong|sesong|sæson|kausi|évad|сезон|σεζόν|mùa|musim|시즌|シーズン';
// A range is that of a pack of seasons (`S01-S05`); `S2 - 05` is a season and its episode.
const noRange = String.raw`(?!\d|[-–~]s?\d|[\s._]?[-–~][\s._]?s\d)`;
const seasonForms = [
  // 2nd Season, 2. Staffel, 1ª Temporada, 2 сезон
  new RegExp(
    String.raw`(?<!\d)(\d{1,2})(?:(?:st|nd|rd|th|[.ªºa])[\s._-]{0,2}(?:${words})|[\s._-]?(?:сезон|sezon|évad|기))(?!\p{L})`,
    'iu',
  ),
  new RegExp(String.raw`(?<![\p{L}\d])(?:${words})[\s._-]{0,3}(\d{4}|\d{1,2})${noRange}`, 'iu'),
  new RegExp(String.raw`(?<![\p{L}\d])s(\d{1,2})${noRange}(?![a-z])`, 'iu'),
  new RegExp(String.raw`第(${numberPattern})[季期部]`, 'u'),
];
const specials = /^(?:specials?|spezial|especiais|especiales|спецвыпуски|スペシャル|特別編|特典)$/i;

/** The names of Jellyfin, Kodi and Plex for what lies beside episodes, and the place of films. */
const besides =
  /^(?:extras?|featurettes?|behind the scenes|deleted scenes|interviews?|trailers?|samples?|shorts|scenes|bonus|clips|nc(?:op|ed)|films?|movies?|filme|filmes|spielfilme|películas|peliculas|фильмы)$/i;
