import { mkdir, realpath, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pino } from 'pino';
import sharp from 'sharp';
import type { PictureSource, RenderInput } from '../../../../src/library/delivery/posters/render-picture.task.ts';
import { renderPicture } from '../../../../src/library/delivery/posters/render-picture.task.ts';
import type { PicturedItem } from '../../../../src/library/delivery/posters/pictured-item.ts';
import {
  createPosters,
  type Poster,
  type Posters,
  type PostersOptions,
} from '../../../../src/library/delivery/posters/posters.ts';
import type { PosterRequest } from '../../../../src/library/delivery/posters/poster-chain.ts';
import { signatureOf } from '../../../../src/library/metadata/signature.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

/** A temporary library, and posters in front of it that are rendered for real, in this thread. */
export interface PosterLibrary {
  root: string;
  imagesDir: string;
  cacheDir: string;
  /** What was rendered, in order: the cache answered the rest. */
  rendered: PictureSource['kind'][];
  logged: Record<string, unknown>[];
  /** What is kept in memory begins anew, as after a restart. */
  open(options?: Partial<PostersOptions>): Posters;
  /** Writes a file below the root and gives it back as a scan would have catalogued it. */
  addItem(relativePath: string, content: Uint8Array | string, facts?: Partial<PicturedItem>): Promise<PicturedItem>;
  write(path: string, content: Uint8Array | string): Promise<void>;
}

export async function createPosterLibrary(): Promise<PosterLibrary> {
  const folder = await realpath(await temporaryFolder());
  const [root, imagesDir, cacheDir] = [join(folder, 'root'), join(folder, 'images'), join(folder, 'thumbnails')];
  await Promise.all([mkdir(root), mkdir(imagesDir)]);
  const rendered: PictureSource['kind'][] = [];
  const logged: Record<string, unknown>[] = [];
  const log = pino({}, { write: (line) => logged.push(JSON.parse(line) as Record<string, unknown>) });
  const pool = {
    threads: 2,
    run(_name: 'renderPicture', input: RenderInput) {
      rendered.push(input.source.kind);
      return renderPicture(input);
    },
  };
  let nextId = 1;

  return {
    root,
    imagesDir,
    cacheDir,
    rendered,
    logged,
    write: (path, content) => writeWithFolder(join(root, path), content),
    open: (options) =>
      createPosters({
        pool,
        cacheDir,
        imagesDir,
        maxCacheBytes: 10_000_000,
        maxPixels: 1_000_000,
        findStandIn: async () => null,
        log,
        ...options,
      }),
    async addItem(relativePath, content, facts = {}) {
      await writeWithFolder(join(root, relativePath), content);
      const { size, mtimeNs } = await stat(join(root, relativePath), { bigint: true });
      return {
        id: nextId++,
        status: 'AVAILABLE',
        mediaType: 'VIDEO',
        category: 'movies',
        rootPath: root,
        relativePath,
        copypartyPath: '/movies',
        signature: signatureOf(relativePath, Number(size), mtimeNs),
        updatedAt: new Date('2025-01-02T03:04:05.678Z'),
        posterPath: null,
        customMetadata: null,
        placeholder: null,
        ...facts,
      };
    },
  };
}

async function writeWithFolder(path: string, content: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

export function findPoster(posters: Posters, item: PicturedItem, request: Partial<PosterRequest> = {}) {
  return posters.find(item, { purpose: 'poster', size: 'large', ...request }, new AbortController().signal);
}

const colours = {
  red: [220, 20, 20],
  green: [20, 180, 20],
  blue: [20, 20, 220],
  yellow: [220, 220, 20],
  white: [250, 250, 250],
} as const;
export type Colour = keyof typeof colours;

/** A picture of one colour, by which a test tells it again. */
export async function plainPicture(
  colour: Colour,
  {
    format = 'jpeg',
    width = 60,
    height = 40,
  }: { format?: 'jpeg' | 'png' | 'webp'; width?: number; height?: number } = {},
): Promise<Buffer> {
  const [r, g, b] = colours[colour];
  return sharp({ create: { width, height, channels: 3, background: { r, g, b } } })
    .toFormat(format)
    .toBuffer();
}

/** The colour of a plain picture, or `placeholder` for anything else. */
export async function colourOf({ bytes }: Pick<Poster, 'bytes'>): Promise<Colour | 'placeholder'> {
  const { channels } = await sharp(bytes).stats();
  const isNear = (colour: readonly number[]) =>
    channels.every(({ mean, stdev }, index) => Math.abs(mean - (colour[index] ?? 0)) < 15 && stdev < 8);
  const found = Object.entries(colours).find(([, colour]) => isNear(colour));
  return (found?.[0] as Colour | undefined) ?? 'placeholder';
}

export function dataUri(picture: Buffer, type = 'image/jpeg'): string {
  return `data:${type};base64,${picture.toString('base64')}`;
}
