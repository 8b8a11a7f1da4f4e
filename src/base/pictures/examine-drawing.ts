import { drawingText } from './drawing-text.ts';
import type { PictureBytes } from './picture-bytes.ts';

/** What filters may compute in all, in pixels: some seconds. */
const maxFilteredPixels = 2_000_000_000;

/** Pictures that are embedded, each of which is decoded. */
const maxEmbedded = 200;

/** Returns what a drawing of so many pixels has too much of; null where it has not. */
export function findDrawingExcess(bytes: PictureBytes, pixels: number): string | null {
  const text = drawingText(bytes);
  // What is counted below must stand in the text as it is.
  if (hasNestedEntities.test(text)) {
    return 'it is a drawing whose entities stand for elements or other entities, which are not resolved here.';
  }
  const encoding = /^[^<]*<\?xml[^>]*\bencoding\s*=\s*["']([^"']*)/.exec(text)?.[1];
  if (encoding !== undefined && !encodings.test(encoding)) {
    return `it is a drawing in the encoding "${encoding.slice(0, 40)}", which is not read here; UTF-8 is.`;
  }
  if (count(text, /\bdata:/gi) > maxEmbedded) {
    return `it is a drawing with more than ${maxEmbedded} embedded pictures; at most so many are decoded.`;
  }
  if (filterSteps(text) * pixels > maxFilteredPixels) {
    return `it is a drawing of ${pixels} pixels whose filters would take too long; draw it smaller, or with fewer of them.`;
  }
  return null;
}

const hasNestedEntities = /<!ENTITY\s+(?:%\s+)?[^\s>]+\s+(?:"[^"]*[<&%]|'[^']*[<&%])/i;
const encodings = /^(?:utf-?8|utf-?16(?:le|be)?|us-ascii|ascii|iso-8859-\d+|windows-125\d)$/i;

/** Steps that are simple for each pixel count less than those that are not. */
const [lightStep, heavyStep] = [0.2, 1];

/** How often filters go through the pixels, where each is used for all of the picture. */
function filterSteps(text: string): number {
  const steps = Array.from(text.matchAll(/<(?:[\w.-]+:)?(fe[A-Z]\w*)([^>]*)/g), ([, name = '', attributes = '']) => {
    const octaves = Number(/\bnumOctaves\s*=\s*["']\s*(\d+)/.exec(attributes)?.[1] ?? 1);
    return isHeavy.test(name) ? heavyStep * Math.max(1, octaves) : lightStep;
  }).reduce((sum, step) => sum + step, 0);
  const filters = Math.max(1, count(text, /<(?:[\w.-]+:)?filter[\s>]/g));
  const uses = count(text, /\bfilter\s*[:=]/g);
  const functions = count(
    text,
    /\b(?:blur|drop-shadow|brightness|contrast|grayscale|hue-rotate|invert|saturate|sepia)\(/gi,
  );
  return steps * Math.max(1, uses / filters) + functions * lightStep;
}

const isHeavy =
  /^fe(?:Turbulence|DisplacementMap|ConvolveMatrix|Morphology|DiffuseLighting|SpecularLighting|Tile|Image)$/;

function count(text: string, pattern: RegExp): number {
  let found = 0;
  for (const _ of text.matchAll(pattern)) found += 1;
  return found;
}
