import type { MediaType } from '../../../base/config/media-config.ts';
import type { PictureOrigin } from './picture-origin.ts';
import type { PictureRenderer } from './picture-renderer.ts';

/** Returns the picture of an item that has none: a drawing that shows the kind of media. */
export function placeholderOrigin(mediaType: MediaType, renderer: PictureRenderer): PictureOrigin {
  return {
    cacheKey: `placeholder:${mediaType}`,
    fingerprint: mediaType,
    // A better picture may turn up at any time.
    isVersioned: false,
    render: (size, signal) => renderer.render({ kind: 'drawing', svg: drawings[mediaType] }, size, signal),
  };
}

const drawings: Record<MediaType, string> = {
  // The sign for playing.
  VIDEO: draw({
    width: 960,
    height: 540,
    colours: ['#312e81', '#0f172a'],
    sign: `<circle r="96" fill="#fff" fill-opacity=".1"/><circle r="96" fill="none"/>
      <path d="M-30-52 L58 0 L-30 52 Z" fill="#fff" fill-opacity=".85" stroke-width="10"/>`,
  }),
  // Two notes under one beam.
  AUDIO: draw({
    width: 960,
    height: 960,
    colours: ['#9d174d', '#1e1b4b'],
    sign: `<g transform="scale(1.6)"><path d="M-44 62 V-58 L64-82 V38" fill="none"/>
      <path d="M-44-58 L64-82 V-54 L-44-30 Z" fill="#fff" fill-opacity=".85" stroke="none"/>
      <ellipse cx="-68" cy="64" rx="28" ry="21" fill="#fff" fill-opacity=".85" transform="rotate(-18 -68 64)"/>
      <ellipse cx="40" cy="40" rx="28" ry="21" fill="#fff" fill-opacity=".85" transform="rotate(-18 40 40)"/></g>`,
  }),
  // Mountains under the sun, in a frame.
  IMAGE: draw({
    width: 960,
    height: 720,
    colours: ['#0f766e', '#0c2340'],
    sign: `<clipPath id="frame"><rect x="-150" y="-110" width="300" height="220" rx="22"/></clipPath>
      <g clip-path="url(#frame)" stroke="none" fill="#fff"><circle cx="78" cy="-46" r="30" fill-opacity=".85"/>
      <path d="M-170 120 L-52-30 L66 120 Z" fill-opacity=".85"/><path d="M-10 120 L76 14 L180 120 Z" fill-opacity=".5"/></g>
      <rect x="-150" y="-110" width="300" height="220" rx="22" fill="none"/>`,
  }),
};

interface Drawing {
  width: number;
  height: number;
  /** The colours of the upper left and the lower right corner. */
  colours: [string, string];
  /** SVG around the middle, which is at 0, 0. */
  sign: string;
}

/** The drawing has no text, since machines have different fonts. */
function draw({ width, height, colours: [from, to], sign }: Drawing): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs>
      <linearGradient id="ground" x1="0" y1="0" x2="1" y2="1">
        <stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/>
      </linearGradient>
      <radialGradient id="light" cx=".5" cy=".42" r=".6">
        <stop offset="0" stop-color="#fff" stop-opacity=".16"/><stop offset="1" stop-color="#fff" stop-opacity="0"/>
      </radialGradient>
    </defs>
    <rect width="100%" height="100%" fill="url(#ground)"/><rect width="100%" height="100%" fill="url(#light)"/>
    <g transform="translate(${width / 2} ${height / 2})" stroke="#fff" stroke-opacity=".85" stroke-width="9"
      stroke-linecap="round" stroke-linejoin="round">${sign}</g>
  </svg>`;
}
