import type { DemoPicture } from './demo-picture.ts';
import type { DemoTrip, SceneKind } from './demo-trips.ts';
import { aurora, tiles } from './geometric-scenes.ts';
import { city, mountains, night, sea } from './landscape-scenes.ts';
import { blossoms, forest, signals, wind } from './plotter-scenes.ts';
import type { Scene } from './scene.ts';
import { seededRandom } from './seeded-random.ts';

const shapes: [width: number, height: number][] = [
  [1620, 1080],
  [1620, 1080],
  [1080, 1440],
  [1600, 900],
  [1620, 1080],
  [1200, 1200],
  [2100, 900],
];

/** Turns trips into pictures with all that a camera says of them; the same ones each time. */
export function planTrips(trips: readonly DemoTrip[]): DemoPicture[] {
  return trips.flatMap(({ camera, folder, from, keywords, pictures, place }, trip) => {
    const random = seededRandom(trip * 1_000 + 7);
    return pictures.map(([name, kind, hue], at): DemoPicture => {
      const [width, height] = kind === 'tiles' ? [1320, 1320] : (shapes[(at + trip) % shapes.length] ?? [1620, 1080]);
      const minutes = at * 400 + Math.floor(random() * 300);
      const taken = new Date(Date.parse(`${from}T07:00:00Z`) + minutes * 60_000).toISOString().slice(0, 19);
      return {
        path: `Photos/${folder}/${name}.jpg`,
        width,
        height,
        scene: sceneOf(kind, hue, trip * 100 + at),
        facts: {
          taken,
          keywords,
          ...(camera && { camera, exposure: exposureOf(kind, random) }),
          ...(place && { place: [place[0] + (random() - 0.5) / 20, place[1] + (random() - 0.5) / 20] }),
        },
      };
    });
  });
}

function exposureOf(kind: SceneKind, random: () => number): { aperture: number; seconds: number; iso: number } {
  const isDark = kind === 'night' || kind === 'aurora' || kind === 'city';
  return {
    aperture: [2, 2.8, 4, 5.6, 8][Math.floor(random() * 5)] ?? 4,
    seconds: isDark ? (kind === 'city' ? 1 / 15 : 8) : 1 / (125 * 2 ** Math.floor(random() * 3)),
    iso: isDark ? 1600 : 100 * 2 ** Math.floor(random() * 3),
  };
}

function sceneOf(kind: SceneKind, hue: number, seed: number): Scene {
  const tone: Tone = (turn, saturation, light) => `hsl(${(hue + turn + 360) % 360} ${saturation}% ${light}%)`;
  return scenes[kind](tone, seed, hue);
}

/** A colour that lies so many degrees from that of a picture. */
type Tone = (turn: number, saturation: number, light: number) => string;

const scenes: Record<SceneKind, (tone: Tone, seed: number, hue: number) => Scene> = {
  mountains: (tone, seed) =>
    mountains(
      [tone(0, 48, 48), tone(14, 56, 70), tone(30, 70, 86)],
      [tone(8, 26, 60), tone(4, 28, 45), tone(-4, 32, 31), tone(-10, 36, 17)],
      seed,
    ),
  sea: (tone, seed) =>
    sea(
      [tone(-20, 46, 34), tone(0, 58, 62), tone(24, 78, 80)],
      [tone(0, 44, 50), tone(-14, 46, 30), tone(-26, 50, 14)],
      seed,
    ),
  night: (tone, seed) => night([tone(0, 60, 6), tone(0, 55, 17), tone(10, 45, 36)], tone(0, 50, 4), seed),
  city: (tone, seed) => city([tone(-30, 55, 16), tone(0, 45, 36), tone(40, 75, 62)], tone(-20, 45, 10), seed),
  aurora: (tone, seed) =>
    aurora(tone(60, 60, 9), [tone(0, 70, 55), tone(28, 60, 54), tone(-30, 64, 52), tone(10, 74, 60)], seed),
  forest: (tone, seed, hue) => forest([tone(0, 24, 84), tone(10, 22, 92)], hue, seed),
  blossoms: (tone, seed) =>
    blossoms(tone(120, 24, 24), [tone(0, 62, 66), tone(18, 70, 76), tone(-16, 54, 56), tone(4, 50, 86)], seed),
  wind: (tone, seed) => wind(tone(30, 30, 94), [tone(0, 60, 28), tone(20, 62, 44), tone(180, 42, 42)], seed),
  signals: (tone, seed, hue) =>
    hue === 0 ? signals('#101010', '#f2f2f2', seed) : signals(tone(20, 40, 95), tone(0, 76, 40), seed),
  tiles: (tone, seed) =>
    tiles([tone(0, 46, 34), tone(20, 62, 58), tone(190, 34, 44), tone(40, 60, 88), tone(160, 40, 24)], 6, seed),
};
