import { type ICommonTagsResult, type ILyricsTag, parseFromTokenizer } from 'music-metadata';
import type { HeaderLimits } from '../header-reader.ts';
import { HeaderTokenizer } from '../header-tokenizer.ts';
import { cleanNumber, cleanText, cleanTexts, withoutGaps } from './clean.ts';
import type { MusicFacts } from './facts.ts';
import type { Notes } from './notes.ts';

/** Covers stand among the tags, and are passed by; what is left has some kilobytes. */
const limits: HeaderLimits = { maxBytes: 16 * 1024 * 1024, maxMs: 5_000 };

interface MusicTags {
  /** Undefined where there are none. */
  music: MusicFacts | undefined;
  /** Whether all was read, and nothing in it belongs to the stream: its language, its chapters. */
  isPlain: boolean;
}

/**
 * Reads the tags of sound: ID3, APEv2, Vorbis comments, MP4, ASF, Matroska, RIFF and AIFF. Of a file that is broken, those
 * before the fault count.
 */
export async function readMusicTags(
  file: ConstructorParameters<typeof HeaderTokenizer>[0],
  notes: Notes,
): Promise<MusicTags> {
  const found: Partial<ICommonTagsResult> = {};
  try {
    const { common, native } = await parseFromTokenizer(new HeaderTokenizer(file, limits), {
      skipCovers: true,
      observer: ({ tag }) => {
        if (tag.type === 'common') Object.assign(found, { [tag.id]: tag.value });
      },
    });
    const isPlain = !Object.values(native).some((tags) => tags.some(({ id }) => ofStream.test(id)));
    return { music: musicFacts(common, notes), isPlain };
  } catch {
    // The file is broken, of another format, or has no end: its tags are those that were found.
    return { music: musicFacts(found, notes), isPlain: false };
  }
}

/** The names of tags in any format. */
const ofStream = /lang|^tlan?$|^chap|^ctoc$|cuesheet|location|xyz/i;

function musicFacts(tags: Partial<ICommonTagsResult>, notes: Notes): MusicFacts | undefined {
  const text = (value: unknown, what: string) => cleanText(value, what, notes);
  const number = (value: unknown, what: string) => {
    // Programs write zero for what is not known.
    const positive = typeof value === 'number' && value !== 0 ? value : undefined;
    const clean = cleanNumber(positive, what, notes, { min: 1, max: 100_000 });
    return clean === undefined ? undefined : Math.trunc(clean);
  };
  const gain = (value: { dB: number } | undefined, what: string) =>
    cleanNumber(value?.dB, what, notes, { min: -100, max: 100 });
  const genres = cleanTexts([tags.genre ?? []].flat(), 'genres', notes, { maxItems: 20 });
  const facts = withoutGaps<Omit<MusicFacts, 'hasLyrics'>>({
    title: text(tags.title, 'The title'),
    artist: text(tags.artist, 'The artist'),
    album: text(tags.album, 'The album'),
    albumArtist: text(tags.albumartist, 'The artist of the album'),
    track: number(tags.track?.no, 'The number of the track'),
    trackTotal: number(tags.track?.of, 'The number of tracks'),
    disc: number(tags.disk?.no, 'The number of the disc'),
    discTotal: number(tags.disk?.of, 'The number of discs'),
    year: yearOf(tags, notes),
    genres: genres.length === 0 ? undefined : genres,
    trackGainDb: gain(tags.replaygain_track_gain, 'The replay gain of the track'),
    albumGainDb: gain(tags.replaygain_album_gain, 'The replay gain of the album'),
  });
  // Of some formats, the package gives a text in the place of an object.
  const lyrics = (tags.lyrics ?? []) as readonly (ILyricsTag | string)[];
  const hasLyrics = lyrics.some((one) =>
    typeof one === 'string' ? one.trim() !== '' : Boolean(one.text?.trim()) || one.syncText.length > 0,
  );
  return facts === undefined && !hasLyrics ? undefined : { ...facts, hasLyrics };
}

/** Music is older than recordings of it, and never from the far future. */
function yearOf({ year, date, originalyear }: Partial<ICommonTagsResult>, notes: Notes): number | undefined {
  const written = year ?? (/^\d{4}/.exec(date ?? '')?.[0] || originalyear);
  const value = written === undefined || Number(written) === 0 ? undefined : Number(written);
  const max = new Date().getUTCFullYear() + 1;
  return cleanNumber(value, 'The year', notes, { min: 1_000, max });
}
