import type {
  CameraFacts,
  Chapter as ChapterFacts,
  FilmTrack,
  MediaFacts as Facts,
  MusicFacts as Music,
  PlaceFacts,
  SoundTrack,
  TextTrack,
} from '../../library/metadata/facts/facts.ts';
import type { MediaRecord } from '../../library/catalogue/sql/media-rows.ts';
import { builder } from './builder.ts';
import { MediaItem } from './media-item.schema.ts';

const Camera = builder.objectRef<CameraFacts>('Camera').implement({
  description: 'What took a picture or a film, and how it was set.',
  fields: (t) => ({
    make: t.exposeString('make', { nullable: true, description: 'Such as "Canon".' }),
    model: t.exposeString('model', { nullable: true, description: 'Such as "EOS R6".' }),
    lens: t.exposeString('lens', { nullable: true, description: 'The name of the lens.' }),
    exposureSeconds: t.exposeFloat('exposureSeconds', { nullable: true, description: 'The exposure time.' }),
    aperture: t.exposeFloat('aperture', { nullable: true, description: 'The f-number.' }),
    iso: t.exposeFloat('iso', { nullable: true, description: 'The sensitivity.' }),
    focalLengthMm: t.exposeFloat('focalLengthMm', { nullable: true, description: 'The focal length.' }),
    focalLength35Mm: t.exposeFloat('focalLength35Mm', {
      nullable: true,
      description: 'The focal length that shows the same on 35 mm film.',
    }),
  }),
});

const Place = builder.objectRef<PlaceFacts>('Place').implement({
  description: 'A place on Earth, by WGS 84.',
  fields: (t) => ({
    latitude: t.exposeFloat('latitude', { description: 'Degrees; north is positive.' }),
    longitude: t.exposeFloat('longitude', { description: 'Degrees; east is positive.' }),
    altitude: t.exposeFloat('altitude', { nullable: true, description: 'Metres above the sea.' }),
  }),
});

const FilmTrackType = builder.objectRef<FilmTrack>('VideoTrack').implement({
  description: 'Moving pictures inside a file.',
  fields: (t) => ({
    codec: t.exposeString('codec', { nullable: true, description: 'Such as "HEVC".' }),
    profile: t.exposeString('profile', { nullable: true, description: 'Such as "Main 10".' }),
    frameRate: t.exposeFloat('frameRate', { nullable: true, description: 'Frames a second.' }),
    bitDepth: t.exposeInt('bitDepth', { nullable: true, description: 'Bits of each colour.' }),
    hdr: t.exposeString('hdr', { nullable: true, description: 'The kind of high dynamic range, such as "HDR10".' }),
  }),
});

const languageDescription = 'By BCP 47, such as "de".';

const AudioTrack = builder.objectRef<SoundTrack>('AudioTrack').implement({
  description: 'Sound inside a file.',
  fields: (t) => ({
    codec: t.exposeString('codec', { nullable: true, description: 'Such as "AAC".' }),
    channels: t.exposeInt('channels', { nullable: true, description: 'Such as 6.' }),
    language: t.exposeString('language', { nullable: true, description: languageDescription }),
    title: t.exposeString('title', { nullable: true, description: 'Such as "Commentary".' }),
    isDefault: t.exposeBoolean('isDefault', { description: 'Whether players choose it by themselves.' }),
    isForced: t.exposeBoolean('isForced', { description: 'Whether players always play it.' }),
  }),
});

const SubtitleTrack = builder.objectRef<TextTrack>('SubtitleTrack').implement({
  description: 'Subtitles inside a file.',
  fields: (t) => ({
    codec: t.exposeString('codec', { nullable: true, description: 'Such as "UTF-8" or "PGS".' }),
    language: t.exposeString('language', { nullable: true, description: languageDescription }),
    title: t.exposeString('title', { nullable: true, description: 'Such as "For the deaf".' }),
    isDefault: t.exposeBoolean('isDefault', { description: 'Whether players show it by themselves.' }),
    isForced: t.exposeBoolean('isForced', { description: 'Whether it has only what is not in the language of the sound.' }),
  }),
});

const Chapter = builder.objectRef<ChapterFacts>('Chapter').implement({
  description: 'A part of a film or an audio book.',
  fields: (t) => ({
    startSeconds: t.exposeFloat('startSeconds', { description: 'Where it begins.' }),
    title: t.exposeString('title', { nullable: true, description: 'What it is called.' }),
  }),
});

const MusicFacts = builder.objectRef<Music>('MusicFacts').implement({
  description: 'What the tags of a piece of music say.',
  fields: (t) => ({
    title: t.exposeString('title', { nullable: true, description: 'The title in the tags.' }),
    artist: t.exposeString('artist', { nullable: true, description: 'Who plays.' }),
    album: t.exposeString('album', { nullable: true, description: 'Where it was published.' }),
    albumArtist: t.exposeString('albumArtist', { nullable: true, description: 'Who the album is by.' }),
    track: t.exposeInt('track', { nullable: true, description: 'Its number on the disc.' }),
    trackTotal: t.exposeInt('trackTotal', { nullable: true, description: 'How many tracks there are.' }),
    disc: t.exposeInt('disc', { nullable: true, description: 'The number of the disc.' }),
    discTotal: t.exposeInt('discTotal', { nullable: true, description: 'How many discs there are.' }),
    year: t.exposeInt('year', { nullable: true, description: 'When it was published.' }),
    genres: t.stringList({ description: 'Such as "Jazz".', resolve: ({ genres }) => genres ?? [] }),
    trackGainDb: t.exposeFloat('trackGainDb', { nullable: true, description: 'Replay gain of the track, in decibels.' }),
    albumGainDb: t.exposeFloat('albumGainDb', { nullable: true, description: 'Replay gain of the album, in decibels.' }),
    hasLyrics: t.exposeBoolean('hasLyrics', { description: 'Whether there are lyrics in the file.' }),
  }),
});

const MediaFacts = builder.objectRef<Facts>('MediaFacts').implement({
  description: 'What a file says of itself. A fact that is unknown, or makes no sense, is null or missing from its list.',
  fields: (t) => ({
    camera: t.field({ type: Camera, nullable: true, description: 'What took it.', resolve: ({ camera }) => camera }),
    place: t.field({
      type: Place,
      nullable: true,
      description: 'Where it was taken; null too where the setting GPS is off.',
      resolve: ({ place }) => place,
    }),
    rating: t.exposeInt('rating', { nullable: true, description: '1 to 5, 0 for none, -1 for rejected.' }),
    keywords: t.stringList({ description: 'Such as "holiday".', resolve: ({ keywords }) => keywords ?? [] }),
    embeddedTitle: t.exposeString('embeddedTitle', { nullable: true, description: 'What a picture or film calls itself.' }),
    caption: t.exposeString('caption', { nullable: true, description: 'What the file says that it shows.' }),
    hdr: t.exposeString('hdr', {
      nullable: true,
      description: 'The kind of high dynamic range: "HDR10", "HLG", "Dolby Vision", "PQ", "gain map".',
    }),
    video: t.field({ type: [FilmTrackType], description: 'Moving pictures.', resolve: ({ video }) => video ?? [] }),
    audio: t.field({ type: [AudioTrack], description: 'Sound.', resolve: ({ audio }) => audio ?? [] }),
    subtitles: t.field({ type: [SubtitleTrack], description: 'Subtitles.', resolve: ({ subtitles }) => subtitles ?? [] }),
    chapters: t.field({ type: [Chapter], description: 'In their order.', resolve: ({ chapters }) => chapters ?? [] }),
    music: t.field({ type: MusicFacts, nullable: true, description: 'Tags of music.', resolve: ({ music }) => music }),
    notes: t.stringList({
      description: 'What was ignored or cut, a sentence each.',
      resolve: ({ notes }) => notes ?? [],
    }),
  }),
});

builder.objectField(MediaItem, 'facts', (t) =>
  t.field({
    type: MediaFacts,
    nullable: true,
    description: 'What the file says of itself; null where that is nothing, and until it was read.',
    resolve: ({ id }: Pick<MediaRecord, 'id'>, _args, { load }) => load.facts(id),
  }),
);
