import { posix } from 'node:path';
import type { Logger } from 'pino';
import type { CategoryConfig } from '../../../base/config/media-config.ts';
import type { MediaConfigStore } from '../../../base/config/media-config-store.ts';
import { DomainError } from '../../../base/errors/domain-error.ts';
import { createMatcher, selectionOf, type Matcher } from '../../catalogue/match-patterns.ts';
import { findFilesBeside, type FileBeside } from '../../companions/files-beside.ts';
import { indexNames } from '../../companions/name-index.ts';
import { isConvertible } from '../../companions/subtitle-names.ts';
import type { PlacedItem } from '../../companions/work-folders.ts';
import { mimeTypeOf } from '../../metadata/mime-type.ts';
import type { OpenSource, SourceFile } from '../choose-source.ts';
import type { ListFolderNames } from './companion-folders.ts';
import { CompanionNotFoundError } from './companion-errors.ts';

/** A file that belongs to an item, was there, and is no item itself. */
export interface CompanionFile extends FileBeside {
  /** From the folder of the item: a filename, or such as `Subs/Film.en.srt`. */
  name: string;
  sizeBytes: number;
  isConvertible: boolean;
}

export interface CompanionOwner extends PlacedItem {
  /** The key of the category whose root holds it. */
  category: string;
}

export interface CompanionFiles {
  /** Returns the files that belong to an item and are no items; none where its category is not configured any more. */
  of(item: CompanionOwner): Promise<CompanionFile[]>;
  /** Returns one of them, to be opened. Throws CompanionNotFoundError. */
  find(item: CompanionOwner, name: string): Promise<{ companion: FileBeside; file: SourceFile }>;
}

interface CompanionFilesOptions {
  mediaConfig: Pick<MediaConfigStore, 'current' | 'findCategory'>;
  listFolder: ListFolderNames;
  openSource: OpenSource;
  log: Pick<Logger, 'debug'>;
}

export function createCompanionFiles({
  mediaConfig,
  listFolder,
  openSource,
  log,
}: CompanionFilesOptions): CompanionFiles {
  const matchers = new WeakMap<CategoryConfig, Matcher>();

  function matcherOf(category: CategoryConfig): Matcher {
    const known = matchers.get(category) ?? createMatcher(selectionOf(category));
    matchers.set(category, known);
    return known;
  }

  /** What is excluded is not shown this way either, and what is catalogued is an item. */
  function isShown(category: CategoryConfig, { kind, relativePath }: FileBeside): boolean {
    if (matcherOf(category).excludes(relativePath)) return false;
    if (kind === 'ARTWORK') return true;
    const path = posix.join(category.rootPath, relativePath);
    return !mediaConfig.current().categories.some((other) => {
      const below = posix.relative(other.rootPath, path);
      return !below.startsWith('../') && matcherOf(other).accepts(below);
    });
  }

  async function findBeside(category: CategoryConfig, item: CompanionOwner): Promise<FileBeside[]> {
    const found = await findFilesBeside(item, async (folder) => indexNames(await listFolder(category, folder)));
    return found.filter((file) => isShown(category, file)).slice(0, maxFiles);
  }

  async function sizeOf(file: SourceFile): Promise<number | null> {
    try {
      const source = await openSource(file, { signal: AbortSignal.timeout(maxWaitMs), expected: null });
      await source.close();
      return source.sizeBytes;
    } catch (error) {
      // It is a folder, leads outside, or is just gone.
      if (!(error instanceof DomainError)) throw error;
      log.debug({ err: error }, 'a companion cannot be opened');
      return null;
    }
  }

  return {
    async of(item) {
      const category = mediaConfig.findCategory(item.category);
      if (category === undefined) return [];
      const files: CompanionFile[] = [];
      for (const beside of await findBeside(category, item)) {
        const sizeBytes = await sizeOf(toSource(category, beside));
        if (sizeBytes === null) continue;
        files.push({ ...beside, sizeBytes, name: nameOf(item, beside), isConvertible: isText(beside) });
      }
      return files;
    },
    async find(item, name) {
      const category = mediaConfig.findCategory(item.category);
      const found = category === undefined ? [] : await findBeside(category, item);
      const companion = found.find((file) => nameOf(item, file) === name);
      if (category === undefined || companion === undefined) throw new CompanionNotFoundError(name);
      return { companion, file: toSource(category, companion) };
    },
  };
}

/** Nobody has more beside a film; a burst that is not catalogued may. */
const maxFiles = 100;
const maxWaitMs = 10_000;

function isText({ kind, relativePath }: FileBeside): boolean {
  return kind === 'SUBTITLE' && isConvertible(relativePath);
}

function nameOf(item: CompanionOwner, { relativePath }: FileBeside): string {
  return posix.relative(posix.dirname(item.relativePath), relativePath);
}

function toSource(category: CategoryConfig, { relativePath }: FileBeside): SourceFile {
  const { key, rootPath, copypartyPath } = category;
  return { category: key, rootPath, copypartyPath, relativePath, contentType: typeOf(relativePath) };
}

/** The types that the registry lacks, or has as something else. */
const types: Readonly<Record<string, string>> = {
  '.aae': 'application/xml',
  '.ass': 'text/x-ssa',
  '.lrc': 'text/plain',
  '.mp': 'video/mp4',
  '.nfo': 'text/plain',
  '.srt': 'application/x-subrip',
  '.ssa': 'text/x-ssa',
  '.tbn': 'image/jpeg',
  '.thm': 'image/jpeg',
  '.xmp': 'application/rdf+xml',
};

function typeOf(path: string): string {
  return types[posix.extname(path).toLowerCase()] ?? mimeTypeOf(path) ?? 'application/octet-stream';
}
