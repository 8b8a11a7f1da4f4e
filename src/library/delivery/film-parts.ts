import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { FilmPart } from '../../base/films/film.ts';
import { unfinishedName } from '../../base/files/unfinished.ts';
import type { ByteSource } from './byte-source.ts';
import type { OpenSource, SourceFile } from './choose-source.ts';

/** The parts of a film that were brought here. They lie at their places in a file that is otherwise empty. */
export interface FilmParts {
  readonly sizeBytes: number;
  /** The file: a name in a folder. */
  readonly place: { rootPath: string; relativePath: string };
  /** What is here, in the order in which it came. Parts may meet, and overlap. */
  readonly parts: readonly FilmPart[];
  /** Fetches bytes, as far as the film has them. Throws what the source throws, and the signal's reason. */
  fetch(part: FilmPart): Promise<void>;
}

export interface FilmPartsOptions {
  openSource: OpenSource;
  /** The folder where parts of films lie while they are read. */
  folder: string;
}

/** Opens a film that is somewhere else for as long as it is used; what was fetched of it is removed then. */
export async function withFilmParts<T>(
  { openSource, folder }: FilmPartsOptions,
  film: Omit<SourceFile, 'contentType'>,
  { signal, firstBytes }: { signal: AbortSignal; firstBytes: number },
  use: (parts: FilmParts) => Promise<T>,
): Promise<T> {
  const source = await openSource(
    { ...film, contentType: 'application/octet-stream' },
    { signal, expected: { start: 0, end: firstBytes - 1 } },
  );
  try {
    return await withFile(folder, source, signal, use);
  } finally {
    await source.close();
  }
}

/** Tells what to fetch where bytes are missing: who reads on and on gets ever more at once, since each part costs another start. */
export function partAt(position: number, leastBytes: number, parts: readonly FilmPart[]): FilmPart {
  const before = parts.find(({ end }) => end === position);
  const length = before === undefined ? leastBytes : Math.max(leastBytes, 2 * (before.end - before.start));
  return { start: position, end: position + length };
}

async function withFile<T>(
  folder: string,
  source: ByteSource,
  signal: AbortSignal,
  use: (parts: FilmParts) => Promise<T>,
): Promise<T> {
  const name = unfinishedName();
  const path = join(folder, name);
  await mkdir(folder, { recursive: true });
  const file = await open(path, 'wx', 0o600);
  try {
    await file.truncate(source.sizeBytes);
    const parts: FilmPart[] = [];
    return await use({
      sizeBytes: source.sizeBytes,
      place: { rootPath: folder, relativePath: name },
      parts,
      async fetch({ start, end }) {
        const part = { start, end: Math.min(end, source.sizeBytes) };
        await fetchPart(source, file, part, signal);
        parts.push(part);
      },
    });
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
}

async function fetchPart(
  source: ByteSource,
  file: FileHandle,
  { start, end }: FilmPart,
  signal: AbortSignal,
): Promise<void> {
  if (end <= start) return;
  let position = start;
  for await (const chunk of await source.open({ start, end: end - 1 }, signal)) {
    const bytes = chunk as Buffer;
    await file.write(bytes, 0, bytes.length, position);
    position += bytes.length;
  }
}
