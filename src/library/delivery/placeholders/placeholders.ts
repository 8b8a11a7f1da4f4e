import type { Logger } from 'pino';
import { createBackgroundLoop, type BackgroundLoop } from '../../../base/async/background-loop.ts';
import { LostTaskError } from '../../../base/errors/domain-error.ts';
import type { Database } from '../../../base/database/database.ts';
import type { PlaceholdersInput } from './make-placeholders.task.ts';
import type { PicturedItem } from '../posters/pictured-item.ts';
import { storePlaceholders, type MadePlaceholder } from './sql/placeholders.ts';

/** The few bytes that stand for an item's picture in a list until the picture is there. */
export interface Placeholders extends Pick<BackgroundLoop, 'drain' | 'close'> {
  /**
   * Takes a picture of an item to make its placeholder of it, in the background. With `isFresh` it was rendered just now, and
   * may look different from the one that the present placeholder was made of.
   */
  note(item: NotedItem, bytes: Buffer, isFresh: boolean): void;
  /** Stores that an item has no picture, where nothing is known of one. */
  noteNone(item: NotedItem): Promise<void>;
}

type NotedItem = Pick<PicturedItem, 'id' | 'signature' | 'placeholder'>;

export interface PlaceholderPool {
  run(name: 'makePlaceholders', input: PlaceholdersInput): Promise<(string | null)[]>;
}

interface PlaceholdersOptions {
  database: Database;
  pool: PlaceholderPool;
  log: Pick<Logger, 'error' | 'warn'>;
}

interface Noted {
  signature: string;
  bytes: Buffer;
}

export function createPlaceholders({ database, pool, log }: PlaceholdersOptions): Placeholders {
  const noted = new Map<number, Noted>();
  const loop = createBackgroundLoop({
    name: 'making placeholders',
    log,
    async step() {
      const batch = [...noted].slice(0, picturesPerStep);
      for (const [id] of batch) noted.delete(id);
      if (batch.length > 0) await storePlaceholders(database, await make(batch));
      return batch.length;
    },
  });

  async function make(batch: readonly [number, Noted][]): Promise<MadePlaceholder[]> {
    try {
      const made = await pool.run('makePlaceholders', { pictures: batch.map(([, { bytes }]) => bytes) });
      return batch.flatMap(([id, { signature }], index) => {
        const placeholder = made[index] ?? null;
        return placeholder === null ? [] : [{ id, signature, placeholder }];
      });
    } catch (error) {
      if (!(error instanceof LostTaskError)) throw error;
      log.warn({ err: error }, 'placeholders could not be made; they are made with the next thumbnails');
      return [];
    }
  }

  return {
    note({ id, signature, placeholder }, bytes, isFresh) {
      if ((placeholder !== null && !isFresh) || bytes.length > maxPictureBytes) return;
      // What there is no room for is made with the next thumbnail.
      if (noted.size >= maxNoted && !noted.has(id)) return;
      noted.set(id, { signature, bytes });
      loop.wake();
    },
    async noteNone({ id, signature, placeholder }) {
      if (placeholder === null) await storePlaceholders(database, [{ id, signature, placeholder: '' }]);
    },
    drain: (onStep) => loop.drain(onStep),
    close: () => loop.close(),
  };
}

const picturesPerStep = 32;

/** Pages of a few galleries; thumbnails have some ten kilobytes. */
const maxNoted = 512;
const maxPictureBytes = 128 * 1024;
