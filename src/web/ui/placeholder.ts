import { rgbaToDataURL, thumbHashToAverageRGBA, thumbHashToRGBA } from 'thumbhash';

interface Placeholder {
  /** The colour of the picture on the whole, as CSS writes it. */
  colour: string;
  /** The blurred picture, as a URL; made when it is asked for. */
  url: string | null;
  hash: Uint8Array;
}

const known = new Map<string, Placeholder | null>();
/** Several screens of tiles; each URL has about a kilobyte. */
const mostKept = 600;

/** Returns a blurred picture for some 25 bytes, as a URL; null for bytes that are none. */
export function placeholderUrl(hash: string): string | null {
  const placeholder = find(hash);
  if (placeholder === null) return null;
  placeholder.url ??= draw(placeholder.hash);
  return placeholder.url;
}

/** Returns the one colour that the blurred picture has on the whole, which costs next to nothing; null for bytes that are none. */
export function placeholderColour(hash: string): string | null {
  return find(hash)?.colour ?? null;
}

function find(hash: string): Placeholder | null {
  const placeholder = known.get(hash) ?? read(hash);
  // The one that was asked for last is forgotten last.
  known.delete(hash);
  known.set(hash, placeholder);
  if (known.size > mostKept) known.delete(known.keys().next().value ?? '');
  return placeholder;
}

function read(text: string): Placeholder | null {
  try {
    const hash = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
    if (hash.length < 5) return null;
    const { a, b, g, r } = thumbHashToAverageRGBA(hash);
    const [red, green, blue] = [r, g, b].map((share) => Math.round(share * 255));
    return { colour: `rgb(${red} ${green} ${blue} / ${a.toFixed(2)})`, url: null, hash };
  } catch {
    return null;
  }
}

/** Every other pixel of what the hash says is enough for a blur, and a quarter of the bytes. */
function draw(hash: Uint8Array): string {
  const { h, rgba, w } = thumbHashToRGBA(hash);
  const [width, height] = [Math.max(1, w >> 1), Math.max(1, h >> 1)];
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (2 * y * w + 2 * x) * 4;
      pixels.set(rgba.subarray(from, from + 4), (y * width + x) * 4);
    }
  }
  return rgbaToDataURL(width, height, pixels);
}
