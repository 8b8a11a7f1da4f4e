import type { Scene } from './scene.ts';
import { seededRandom } from './seeded-random.ts';

/**
 * Ridges behind one another, the nearest the darkest, below a sky with a sun. The colours come from the top of the sky
 * down.
 */
export function mountains(sky: [string, string, string], ridges: string[], seed: number): Scene {
  return (width, height) => {
    const random = seededRandom(seed);
    const layers = ridges.map((colour, index) => {
      const base = height * (0.45 + (index * 0.5) / ridges.length);
      return `<path d="${ridge(width, height, base, height * 0.16, random)}" fill="${colour}"/>`;
    });
    return [
      gradient('sky', sky),
      fill('url(#sky)'),
      circle(width * 0.68, height * 0.42, height * 0.07, '#fff3d6', 0.95),
      circle(width * 0.68, height * 0.42, height * 0.16, '#fff3d6', 0.18),
      ...layers,
    ].join('');
  };
}

/** A low sun and its broken reflection on the water. */
export function sea(sky: [string, string, string], water: [string, string, string], seed: number): Scene {
  return (width, height) => {
    const random = seededRandom(seed);
    const horizon = height * 0.56;
    const glints = Array.from({ length: 70 }, (_, index) => {
      const depth = index / 70;
      const spread = width * (0.03 + 0.16 * depth);
      const x = width / 2 + (random() - 0.5) * 2 * spread;
      const length = width * (0.01 + 0.06 * random() * (0.3 + depth));
      const y = horizon + (height - horizon) * depth ** 1.4;
      return `<rect x="${x - length / 2}" y="${y}" width="${length}" height="${height * 0.004}" rx="2" fill="#fff1c9" opacity="${0.75 - 0.5 * depth}"/>`;
    });
    return [
      gradient('sky', sky),
      gradient('water', water),
      fill('url(#sky)'),
      circle(width / 2, horizon, height * 0.13, '#fff1c9', 1),
      `<rect y="${horizon}" width="100%" height="100%" fill="url(#water)"/>`,
      ...glints,
    ].join('');
  };
}

/** Stars, a moon, and a hill of pines. */
export function night(sky: [string, string, string], ground: string, seed: number): Scene {
  return (width, height) => {
    const random = seededRandom(seed);
    const stars = Array.from({ length: 320 }, () =>
      circle(
        random() * width,
        random() * height * 0.85,
        height * (0.0006 + 0.0018 * random() ** 3),
        '#ffffff',
        0.4 + 0.6 * random(),
      ),
    );
    const pines = Array.from({ length: 46 }, (_, index) => {
      const x = (index / 45) * width + (random() - 0.5) * width * 0.02;
      const size = height * (0.08 + 0.14 * random());
      const foot = height * (0.93 - 0.06 * Math.sin((index / 45) * Math.PI));
      return `<path d="M${x - size * 0.22} ${foot}L${x} ${foot - size}L${x + size * 0.22} ${foot}Z" fill="${ground}"/>`;
    });
    return [
      gradient('sky', sky),
      fill('url(#sky)'),
      ...stars,
      circle(width * 0.24, height * 0.24, height * 0.075, '#f4f1de', 1),
      ...pines,
      `<path d="M0 ${height}V${height * 0.92}Q${width / 2} ${height * 0.8} ${width} ${height * 0.92}V${height}Z" fill="${ground}"/>`,
    ].join('');
  };
}

/** Towers with lit windows before a glowing sky. */
export function city(sky: [string, string, string], tower: string, seed: number): Scene {
  return (width, height) => {
    const random = seededRandom(seed);
    const unit = width / 60;
    const parts = [gradient('sky', sky), fill('url(#sky)')];
    for (let x = 0; x < 60;) {
      const across = 4 + Math.floor(random() * 5);
      const storeys = 8 + Math.floor(random() * 22);
      const top = height - storeys * unit * 1.6;
      parts.push(`<rect x="${x * unit}" y="${top}" width="${across * unit}" height="${height}" fill="${tower}"/>`);
      for (let window = 0; window < storeys * (across - 1); window++) {
        if (random() < 0.55) continue;
        const left = (x + 0.75 + (window % (across - 1))) * unit;
        const down = top + (0.6 + Math.floor(window / (across - 1)) * 1.6) * unit;
        parts.push(
          `<rect x="${left}" y="${down}" width="${unit * 0.5}" height="${unit * 0.8}" fill="#ffd88a" opacity="${0.5 + 0.5 * random()}"/>`,
        );
      }
      x += across;
    }
    return parts.join('');
  };
}

function ridge(width: number, height: number, base: number, rise: number, random: () => number): string {
  const waves = [1, 2, 4, 8, 16].map((frequency) => ({
    frequency,
    phase: random() * 7,
    size: rise / frequency ** 0.85,
  }));
  const points = Array.from({ length: 121 }, (_, step) => {
    const x = step / 120;
    const y = waves.reduce((sum, wave) => sum + wave.size * Math.sin(wave.phase + x * wave.frequency * 4), base);
    return `L${(x * width).toFixed(1)} ${y.toFixed(1)}`;
  });
  return `M0 ${height}${points.join('')}L${width} ${height}Z`;
}

function gradient(id: string, [from, through, to]: [string, string, string]): string {
  const stops = `<stop offset="0" stop-color="${from}"/><stop offset=".55" stop-color="${through}"/><stop offset="1" stop-color="${to}"/>`;
  return `<linearGradient id="${id}" x2="0" y2="1">${stops}</linearGradient>`;
}

function fill(paint: string): string {
  return `<rect width="100%" height="100%" fill="${paint}"/>`;
}

function circle(x: number, y: number, radius: number, colour: string, opacity: number): string {
  return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${radius.toFixed(2)}" fill="${colour}" opacity="${opacity.toFixed(2)}"/>`;
}
