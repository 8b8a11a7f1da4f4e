import type { Scene } from './scene.ts';
import { seededRandom } from './seeded-random.ts';

/** Lines that follow a slow wind, as a pen draws them. */
export function wind(paper: string, inks: string[], seed: number): Scene {
  return (width, height) => {
    const random = seededRandom(seed);
    const [a, b, c] = [random() * 6, random() * 6, 1.5 + random() * 2];
    const unit = Math.min(width, height) / 100;
    const lines = Array.from({ length: 420 }, () => {
      let [x, y] = [random() * width * 1.1 - width * 0.05, random() * height];
      const points = [`M${x.toFixed(0)} ${y.toFixed(0)}`];
      for (let step = 0; step < 34; step++) {
        const angle = Math.sin((x / width) * c + a) * 1.1 + Math.cos((y / height) * c * 1.3 + b) * 1.1;
        x += Math.cos(angle) * unit * 1.6;
        y += Math.sin(angle) * unit * 1.6;
        points.push(`L${x.toFixed(0)} ${y.toFixed(0)}`);
      }
      const ink = inks[Math.floor(random() * inks.length)];
      return `<path d="${points.join('')}" stroke="${ink}" stroke-width="${(unit * (0.2 + 0.35 * random())).toFixed(1)}"/>`;
    });
    return `<rect width="100%" height="100%" fill="${paper}"/><g fill="none" stroke-linecap="round">${lines.join('')}</g>`;
  };
}

/** Rows of a quiet ground with a storm in the middle, each before the one above it. */
export function signals(paper: string, ink: string, seed: number): Scene {
  return (width, height) => {
    const random = seededRandom(seed);
    const rows = Array.from({ length: 44 }, (_, row) => {
      const base = height * (0.16 + (row / 44) * 0.74);
      const [centre, spread] = [0.5 + 0.12 * (random() - 0.5), 0.09 + 0.1 * random()];
      const points = Array.from({ length: 121 }, (_, step) => {
        const x = step / 120;
        const storm = Math.exp(-(((x - centre) / spread) ** 2)) * height * 0.12 * (0.35 + random());
        return `L${(width * (0.14 + 0.72 * x)).toFixed(0)} ${(base - storm - random() * height * 0.004).toFixed(0)}`;
      });
      return `<path d="M${points.join('').slice(1)}" fill="${paper}" stroke="${ink}" stroke-width="${(height / 520).toFixed(1)}"/>`;
    });
    return `<rect width="100%" height="100%" fill="${paper}"/>${rows.join('')}`;
  };
}

/** Rows of pines that fade into mist, the nearest the darkest. */
export function forest(sky: [string, string], hue: number, seed: number): Scene {
  return (width, height) => {
    const random = seededRandom(seed);
    const rows = Array.from({ length: 6 }, (_, row) => {
      const foot = height * (0.5 + row * 0.11);
      const size = height * (0.13 + row * 0.045);
      const trees = Array.from({ length: 34 - row * 3 }, () => {
        const x = random() * width * 1.04 - width * 0.02;
        const tall = size * (0.6 + 0.7 * random());
        const wide = tall * 0.2;
        return `M${(x - wide).toFixed(0)} ${foot.toFixed(0)}L${x.toFixed(0)} ${(foot - tall).toFixed(0)}L${(x + wide).toFixed(0)} ${foot.toFixed(0)}Z`;
      });
      const colour = `hsl(${hue} ${14 + row * 4}% ${70 - row * 11.5}%)`;
      return `<path d="${trees.join('')}M0 ${(foot - 2).toFixed(0)}H${width}V${height}H0Z" fill="${colour}"/>`;
    });
    return [
      `<linearGradient id="sky" x2="0" y2="1"><stop stop-color="${sky[0]}"/><stop offset=".7" stop-color="${sky[1]}"/></linearGradient>`,
      '<rect width="100%" height="100%" fill="url(#sky)"/>',
      ...rows,
    ].join('');
  };
}

/** Flowers of many petals on a plain ground. */
export function blossoms(ground: string, petals: string[], seed: number): Scene {
  return (width, height) => {
    const random = seededRandom(seed);
    const least = Math.min(width, height);
    const flowers = Array.from({ length: 26 }, (_, flower) => {
      const size = least * (0.06 + 0.13 * (flower / 26) * (0.5 + random()));
      const count = 7 + Math.floor(random() * 6);
      const colour = petals[flower % petals.length];
      const turn = random() * 360;
      const leaves = Array.from(
        { length: count },
        (_, petal) =>
          `<ellipse cx="0" cy="${(-size * 0.62).toFixed(1)}" rx="${(size * 0.24).toFixed(1)}" ry="${(size * 0.5).toFixed(1)}" transform="rotate(${(turn + (360 * petal) / count).toFixed(0)})"/>`,
      );
      return `<g transform="translate(${(random() * width).toFixed(0)} ${(random() * height).toFixed(0)})" fill="${colour}" fill-opacity=".86">${leaves.join('')}<circle r="${(size * 0.24).toFixed(1)}" fill="#ffd166" fill-opacity="1"/></g>`;
    });
    return `<rect width="100%" height="100%" fill="${ground}"/>${flowers.join('')}`;
  };
}
