import type { MediaEvents } from '../catalogue/media-events.ts';
import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import type { Database } from '../../base/database/database.ts';
import type { Roots } from '../roots/roots.ts';
import type { DeletionsLog } from '../catalogue/deletions-log.ts';
import type { IdentifyPool } from './plan/fingerprints-ahead.ts';
import type { Shortcut } from './survey/folder-notes.ts';
import type { PlanEntryKind } from './plan/scan-plan.ts';
import type { LossLimit } from './plan/hold-losses.ts';
import type { ChosenPlaces } from './chosen-places.ts';
import type { WalkPool } from './walk/walk-category.ts';

/** What a scan job was started with. */
export interface ScanInput {
  categories: string[];
  dryRun: boolean;
  limit: number | null;
  /** The chosen places, which may be files too: stored jobs have this name. Absent: whole roots. */
  folders?: ChosenPlaces;
  /** Absent: 0. */
  restMs?: number;
  /** Absent: false. */
  adoptRoot?: boolean;
  /** Absent: false, so that the shortcut decides. */
  full?: boolean;
  /** The time of the schedule that it is the scan of; nodes know by it that it was started. Absent: somebody asked for it. */
  scheduledFor?: string;
  /** The scan whose plan is carried out, exactly. Absent: the plan of this scan is carried out. */
  appliesPlanOf?: string;
  /** The kinds of changes of that plan that are carried out. Absent: all. */
  appliesKinds?: readonly PlanEntryKind[];
}

export interface ScanHandlerOptions {
  database: Database;
  mediaConfig: Pick<MediaConfigStore, 'current' | 'findCategory'>;
  pool: WalkPool & IdentifyPool;
  roots: Pick<Roots, 'recognise' | 'remember' | 'identifySame'>;
  deletionsLog: DeletionsLog;
  /** When the fingerprints are read by which files are recognised at other paths; off: never. */
  fingerprints: 'first-sight' | 'on-match' | 'off';
  /** Absent: every scan looks at every file. */
  shortcut?: Shortcut | null;
  /** Gets the ids of the items that changed. */
  events?: Pick<MediaEvents, 'publish' | 'isHeard'>;
  lossLimit: LossLimit;
  /** Gets the id of each scan job that runs in this process. */
  onRun?: (jobId: string) => void;
  /** Called when a scan may have added or changed items: their headers wait to be read, their text to be indexed. */
  onCatalogued?: () => void;
}
