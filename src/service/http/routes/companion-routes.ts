import { posix } from 'node:path';
import type { FastifyBaseLogger, FastifyPluginAsync } from 'fastify';
import { InvalidInputError } from '../../../base/errors/domain-error.ts';
import { MediaNotFoundError } from '../../../library/catalogue/media-errors.ts';
import type { OpenSource } from '../../../library/delivery/choose-source.ts';
import type { CompanionFiles, CompanionOwner } from '../../../library/delivery/companions/companion-files.ts';
import type { Subtitles } from '../../../library/delivery/companions/subtitles.ts';
import { vttSource } from '../sending/memory-source.ts';
import { cacheControls, serveSource } from '../sending/serve-source.ts';

export interface CompanionRoutesOptions {
  /** Takes an opaque id from GraphQL; returns null where no item has it, or it is not an id at all. */
  findItem: (publicId: string) => Promise<(CompanionOwner & { status: string }) | null>;
  companionFiles: Pick<CompanionFiles, 'find'>;
  subtitles: Subtitles;
  openSource: OpenSource;
  log: Pick<FastifyBaseLogger, 'warn' | 'error'>;
}

/**
 * Serves `GET` and `HEAD` of `/media/:id/companion?name=`, the bytes of a file that belongs to an item, and of
 * `/media/:id/subtitle.vtt?name=`, a subtitle as WebVTT. Only names that `companions` tells are found.
 */
export function companionRoutes(options: CompanionRoutesOptions): FastifyPluginAsync {
  const { findItem, companionFiles, subtitles, openSource, log } = options;

  async function find(id: string, name: unknown) {
    const item = await findItem(id);
    if (item === null || item.status === 'DELETED') throw new MediaNotFoundError(id);
    if (typeof name !== 'string' || name === '') {
      throw new InvalidInputError('name', 'Give one name: the address of a companion is told by GraphQL, and has it.');
    }
    return companionFiles.find(item, name);
  }

  return serveSource<{ id: string }, { name?: unknown }>(log, {
    '/media/:id/companion': async ({ params: { id }, query: { name } }, openOptions) => {
      const { file } = await find(id, name);
      return {
        source: await openSource(file, openOptions),
        filename: posix.basename(file.relativePath),
        disposition: 'inline',
        cacheControl: cacheControls.changing,
      };
    },
    '/media/:id/subtitle.vtt': async ({ params: { id }, query: { name } }, { signal }) => {
      const found = await find(id, name);
      const { text, modifiedAt } = await subtitles.convert(found, signal);
      return {
        source: vttSource(text, { modifiedAt }),
        filename: `${posix.parse(found.file.relativePath).name}.vtt`,
        disposition: 'inline',
        cacheControl: cacheControls.changing,
      };
    },
  });
}
