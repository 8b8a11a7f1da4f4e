import type { Bus } from '../../base/bus/bus.ts';
import { loadMediaConfig } from '../../base/config/load-media-config.ts';
import {
  createMediaConfigStore,
  type MediaConfigLog,
  type MediaConfigStore,
} from '../../base/config/media-config-store.ts';
import type { Settings } from '../../base/config/settings.ts';
import { leaveOutOwnPlaces } from './own-places.ts';

/** Loads the media configuration that the settings name, without what the service itself keeps below the roots. */
export function openMediaConfig(settings: Settings, log: MediaConfigLog): Promise<MediaConfigStore> {
  return createMediaConfigStore({
    load: async () => leaveOutOwnPlaces(await loadMediaConfig(settings.mediaConfigPath), settings),
    log,
  });
}

const topic = 'media-config';

/** Has every process read its file again when one of them was told to, and found its own good. Each has a file of its own. */
export function shareReloads(mediaConfig: MediaConfigStore, bus: Pick<Bus, 'publish' | 'subscribe'>): MediaConfigStore {
  bus.subscribe(topic, (_message, isOwn) => {
    if (!isOwn) mediaConfig.reload().catch(() => undefined); // the store has logged it and keeps the last good one
  });
  return {
    ...mediaConfig,
    async reload() {
      const config = await mediaConfig.reload();
      bus.publish(topic, '');
      return config;
    },
  };
}
