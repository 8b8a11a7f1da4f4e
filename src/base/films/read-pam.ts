import type { FilmFrame } from './film.ts';

/** Reads one picture as ffmpeg writes it in PAM; its samples may have two bytes. Null where it is none, or not whole. */
export function readPam(bytes: Buffer): FilmFrame | null {
  const end = bytes.indexOf('ENDHDR\n');
  if (end === -1) return null;
  const header = bytes.toString('latin1', 0, end);
  const [width = 0, height = 0, depth = 0, maximum = 0] = ['WIDTH', 'HEIGHT', 'DEPTH', 'MAXVAL'].map((name) =>
    Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(header)?.[1] ?? 0),
  );
  const data = bytes.subarray(end + 'ENDHDR\n'.length);
  const expected = width * height * depth * (maximum > 255 ? 2 : 1);
  if (expected === 0 || data.length < expected) return null;
  return { data: data.subarray(0, expected), width, height, channels: depth === 4 ? 4 : 3 };
}
