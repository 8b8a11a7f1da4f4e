import type { Scene } from './scene.ts';
import { seededRandom } from './seeded-random.ts';

/** Tiles of quarter circles, half circles and dots. */
export function tiles(colours: string[], across: number, seed: number): Scene {
  return (width, height) => {
    const random = seededRandom(seed);
    const pick = () => colours[Math.floor(random() * colours.length)];
    const size = width / across;
    const parts: string[] = [];
    for (let y = 0; y < height; y += size) {
      for (let x = 0; x < width; x += size) {
        const turn = Math.floor(random() * 4) * 90;
        const shape = shapes[Math.floor(random() * shapes.length)];
        parts.push(
          `<g transform="translate(${x} ${y}) scale(${size / 100}) rotate(${turn} 50 50)">`,
          `<rect width="101" height="101" fill="${pick()}"/><path d="${shape}" fill="${pick()}"/></g>`,
        );
      }
    }
    return parts.join('');
  };
}

const shapes = [
  'M0 0H100A100 100 0 0 1 0 100Z',
  'M0 0A50 50 0 0 0 100 0Z',
  'M50 20A30 30 0 1 1 50 80A30 30 0 1 1 50 20Z',
  'M0 0L100 100H0Z',
];

/** Rings around a point off the middle. */
export function rings(colours: string[]): Scene {
  return (width, height) => {
    const reach = Math.hypot(width, height) * 0.85;
    const count = colours.length * 3;
    const parts = Array.from({ length: count }, (_, index) => {
      const radius = reach * (1 - index / count);
      return `<circle cx="${width * 0.38}" cy="${height * 0.58}" r="${radius}" fill="${colours[index % colours.length]}"/>`;
    });
    return parts.join('');
  };
}

/** Veils of light over a dark ground. */
export function aurora(ground: string, lights: string[], seed: number): Scene {
  return (width, height) => {
    const random = seededRandom(seed);
    const veils = lights.map((colour) => {
      const y = height * (0.2 + 0.5 * random());
      const bend = () => (y + height * 0.5 * (random() - 0.5)).toFixed(0);
      const path = `M${-width * 0.1} ${bend()}C${width * 0.3} ${bend()} ${width * 0.6} ${bend()} ${width * 1.1} ${bend()}`;
      return `<path d="${path}" stroke="${colour}" stroke-width="${height * 0.22}" fill="none" opacity=".6" filter="url(#soft)"/>`;
    });
    // The region is the picture: by default it is the path's own box, which cuts the wide stroke off in straight lines.
    const region = `filterUnits="userSpaceOnUse" x="${-width * 0.2}" y="${-height * 0.2}" width="${width * 1.4}" height="${height * 1.4}"`;
    const blur = `<filter id="soft" ${region}><feGaussianBlur stdDeviation="${height / 16}"/></filter>`;
    return `${blur}<rect width="100%" height="100%" fill="${ground}"/>${veils.join('')}`;
  };
}

/** A balloon of coloured stripes, with nothing around it. */
export function balloon(colours: string[]): Scene {
  return (width, height) => {
    const stripes = colours.map((colour, index) => {
      const radius = 34 * (1 - index / colours.length);
      return `<ellipse cx="50" cy="38" rx="${radius}" ry="36" fill="${colour}"/>`;
    });
    return [
      `<g transform="scale(${width / 100} ${height / 100})">`,
      '<path d="M36 68L45 86M64 68L55 86" stroke="#6b4f3a" stroke-width=".8"/>',
      ...stripes,
      '<rect x="44" y="85" width="12" height="9" rx="2" fill="#8a5a34"/></g>',
    ].join('');
  };
}
