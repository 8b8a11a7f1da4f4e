import type { MediaEvents } from '../catalogue/media-events.ts';
import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import type { Database } from '../../base/database/database.ts';
import type { Roots } from '../roots/roots.ts';
import type { DeletionsLog } from '../catalogue/deletions-log.ts';
import type { IdentifyPool } from './plan/fingerprints-ahead.ts';
import type { Shortcut } from './survey/folder-notes.ts';
import type { LossLimit } from './plan/hold-losses.ts';
import type { ScanFolders } from './scan-folders.ts';
import type { WalkPool } from './walk/walk-category.ts';

/** What a scan job was started with. */
export interface ScanInput {
  categories: string[];
  dryRun: boolean;
  limit: number | null;
  /** Absent: whole roots. */
  folders?: ScanFolders;
  /** Absent: 0. */
  restMs?: number;
  /** Absent: not. */
  adoptRoot?: boolean;
  /** Absent: as the shortcut has it. */
  full?: boolean;
  /** The scan whose plan is carried out, exactly; absent: what is found now is done. */
  appliesPlanOf?: string;
}

export interface ScanHandlerOptions {
  database: Database;
  mediaConfig: Pick<MediaConfigStore, 'current' | 'findCategory'>;
  pool: WalkPool & IdentifyPool;
  roots: Pick<Roots, 'recognise' | 'remember'>;
  deletionsLog: DeletionsLog;
  /** When files are read by which they are known again at other paths; off: they are not. */
  fingerprints: 'first-sight' | 'on-match' | 'off';
  /** Absent: every scan looks at every file. */
  shortcut?: Shortcut | null;
  /** Changes of items are published here. */
  events?: Pick<MediaEvents, 'publish' | 'isHeard'>;
  lossLimit: LossLimit;
  /** Gets the id of each scan job that runs in this process. */
  onRun?: (jobId: string) => void;
  /** Called when a scan may have added or changed items: their headers wait to be read, their text to be indexed. */
  onCatalogued?: () => void;
}
