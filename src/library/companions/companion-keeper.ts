import type { Logger } from 'pino';
import { createBackgroundLoop, type BackgroundLoop } from '../../base/async/background-loop.ts';
import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import type { Database } from '../../base/database/database.ts';
import { publishUpdated, type MediaEvents } from '../catalogue/media-events.ts';
import { settleCompanions, type PlaceOfFile } from './settle-companions.ts';
import { forgetCompanionChanges, readCompanionChanges, readCompanionIds } from './sql/group-rows.ts';

/** Keeps what is known of items that belong together right, behind whatever changes them. */
export interface CompanionKeeper extends BackgroundLoop {
  /** Looks at what belongs together at these places. A failure is logged, and these are looked at again when they change. */
  settle(places: readonly PlaceOfFile[]): Promise<void>;
  /** Returns the ids of the available companions of items, in the order of the ids. */
  idsOf(ids: readonly number[]): Promise<number[][]>;
}

interface CompanionKeeperOptions {
  database: Database;
  mediaConfig: Pick<MediaConfigStore, 'current'>;
  events: Pick<MediaEvents, 'publish'>;
  log: Pick<Logger, 'error'>;
}

const placesPerStep = 200;

export function createCompanionKeeper({ database, mediaConfig, events, log }: CompanionKeeperOptions): CompanionKeeper {
  async function settle(places: readonly PlaceOfFile[]): Promise<void> {
    const changed = await settleCompanions(database, mediaConfig.current().categories, places);
    publishUpdated(events, changed);
  }

  const loop = createBackgroundLoop({
    name: 'looking for files that belong together',
    log,
    async step() {
      const changes = await readCompanionChanges(database, placesPerStep);
      if (changes.length === 0) return 0;
      await settle(changes);
      await forgetCompanionChanges(database, changes);
      return changes.length;
    },
  });
  return {
    ...loop,
    async idsOf(ids) {
      const found = await readCompanionIds(database, ids);
      return ids.map((id) => found.get(id) ?? []);
    },
    async settle(places) {
      await settle(places).catch((error: unknown) =>
        log.error({ err: error }, 'what belongs together was not found out'),
      );
    },
  };
}
