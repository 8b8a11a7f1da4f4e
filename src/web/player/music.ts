import { texts } from '../words/texts.ts';
import { execute } from '../api/execute.ts';
import { graphql } from '../generated/gql.ts';
import { say } from '../ui/say.ts';
import { askWhy } from './ask-why.ts';
import { createDecks, type Decks } from './decks.ts';
import { showNowPlaying } from './now-playing.ts';
import { findTrack, type Queue, type Track } from './queue.ts';
import { startPlaying } from './start-playing.ts';

const TrackDocument = graphql(/* GraphQL */ `
  query Track($id: ID!) {
    mediaItem(id: $id) {
      facts {
        music {
          artist
          album
        }
      }
    }
  }
`);

interface Playing {
  queue: Queue;
  track: Track;
  by: string;
  problem: string | null;
  /** What comes next, as soon as that is known; null at the end. */
  upcoming: Track | null | undefined;
  retry: ReturnType<typeof setTimeout> | undefined;
}

/** In seconds before the end, from when on the next track is loaded. */
const prepareSeconds = 20;
/** How many tracks in a row may be damaged before it stops. */
const mostDamaged = 5;

let playing: Playing | null = null;
let damaged = 0;
let decks: Decks | undefined;

/** Plays a queue from a place on, until its end. */
export async function playQueue(queue: Queue, at: number): Promise<void> {
  const track = await findTrack(queue, at, 1);
  if (track !== null) begin(queue, track);
}

/** Goes on to another track. Back leads to the beginning of the track first, where some of it was heard. */
export async function skip(by: 1 | -1): Promise<void> {
  const now = playing;
  if (now === null || decks === undefined) return;
  if (by === -1 && decks.front().currentTime > 3) {
    decks.front().currentTime = 0;
    return;
  }
  try {
    const known = by === 1 ? now.upcoming : undefined;
    const track = known === undefined ? await findTrack(now.queue, now.track.at + by, by) : known;
    if (playing === now && track !== null) begin(now.queue, track);
  } catch {
    say(texts.music.unread);
  }
}

export function togglePlaying(): void {
  const audio = decks?.front();
  if (audio === undefined || playing === null) return;
  if (audio.error !== null) audio.load();
  if (audio.paused) startPlaying(audio);
  else audio.pause();
}

export function seekTo(seconds: number): void {
  if (decks !== undefined && Number.isFinite(decks.front().duration)) decks.front().currentTime = Math.max(0, seconds);
}

export function seekBy(seconds: number): void {
  if (decks !== undefined) seekTo(decks.front().currentTime + seconds);
}

export function toggleMuted(): void {
  const audio = decks?.front();
  if (audio !== undefined) audio.muted = !audio.muted;
}

export function setVolume(volume: number): void {
  decks?.setVolume(volume);
}

export function currentVolume(): number {
  return decks?.front().volume ?? 1;
}

export function stopMusic(): void {
  clearTimeout(playing?.retry);
  playing = null;
  decks?.stop();
  show();
}

function begin(queue: Queue, track: Track): void {
  clearTimeout(playing?.retry);
  const now: Playing = { queue, track, by: '', problem: null, upcoming: undefined, retry: undefined };
  playing = now;
  decks ??= createDecks({ onTime, onEnd: () => void goOn(), onFailure: () => void fail() });
  decks.play(track.tile.streamUrl);
  show();
  void describe(now);
  findTrack(queue, track.at + 1, 1).then(
    (next) => (now.upcoming = next),
    () => undefined, // it is looked for again when it is needed
  );
}

function onTime(): void {
  const audio = decks?.front();
  if (playing !== null && audio !== undefined) {
    if (audio.currentTime > 0) [damaged, playing.problem] = [0, null];
    const isNear = audio.duration - audio.currentTime < prepareSeconds;
    if (isNear && playing.upcoming) decks?.prepare(playing.upcoming.tile.streamUrl);
  }
  show();
}

async function goOn(): Promise<void> {
  await skip(1);
  show();
}

/** What passes is tried again; what is damaged or gone is passed over. */
async function fail(): Promise<void> {
  const now = playing;
  const audio = decks?.front();
  if (now === null || audio === undefined) return;
  const position = audio.currentTime;
  const trouble = await askWhy(now.track.tile.streamUrl);
  if (playing !== now) return;
  if ('retryInSeconds' in trouble) {
    now.problem = texts.film.troubles[trouble.kind];
    now.retry = setTimeout(() => {
      audio.load();
      audio.currentTime = position;
      startPlaying(audio);
    }, trouble.retryInSeconds * 1_000);
    show();
    return;
  }
  say(texts.music.passedOver(now.track.tile.title));
  damaged++;
  now.problem = texts.music.damaged;
  show();
  if (damaged < mostDamaged) await skip(1);
}

async function describe(now: Playing): Promise<void> {
  try {
    const { mediaItem } = await execute(TrackDocument, { id: now.track.tile.id });
    const { album, artist } = mediaItem?.facts?.music ?? {};
    now.by = [artist, album].filter(Boolean).join(' · ');
    if (playing === now) show();
  } catch {
    // Its title stands alone.
  }
}

function show(): void {
  const audio = decks?.front();
  if (playing === null || audio === undefined) {
    showNowPlaying(null);
    return;
  }
  const { by, problem, queue, track, upcoming } = playing;
  showNowPlaying({
    tile: track.tile,
    by,
    problem,
    isPlaying: !audio.paused && !audio.ended,
    position: audio.currentTime,
    length: Number.isFinite(audio.duration) ? audio.duration : (track.tile.durationSeconds ?? 0),
    hasNext: upcoming === undefined ? track.at < queue.total - 1 : upcoming !== null,
  });
}
