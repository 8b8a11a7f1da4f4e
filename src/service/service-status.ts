import type { ProbeReport } from '../library/copyparty/probe-copyparty.ts';
import { describeOtherDataFolder, type ConnectedNodes } from '../base/bus/data-folder-nodes.ts';
import { version } from '../base/version.ts';

type ComponentState = 'OK' | 'DOWN' | 'NOT_CONFIGURED';

/** The state of one thing that the service depends on, as of its last check. */
export interface ComponentStatus {
  state: ComponentState;
  /** What is wrong and what to do, as text for people; null where nothing is wrong. */
  detail: string | null;
  checkedAt: Date;
}

/** Each component is checked when it is asked for, and not more often than every few seconds. */
export interface ServiceStatus {
  version: string;
  database(): Promise<ComponentStatus>;
  copyparty(): Promise<ComponentStatus>;
  objectStorage(): Promise<ComponentStatus>;
  /** Whether all nodes have one data folder; NOT_CONFIGURED on SQLite, where there is one node. */
  sharedData(): Promise<ComponentStatus>;
}

export interface ServiceStatusOptions {
  /** Rejects where the database does not answer. */
  checkDatabase: () => Promise<unknown>;
  /** Null where copyparty is not configured. */
  copyparty: {
    probe: () => Promise<ProbeReport>;
    /** Whether bytes come from the disk while copyparty is down. */
    hasFallback: boolean;
  } | null;
  /** Rejects where the bucket cannot be used; null where none is configured. */
  checkObjectStorage: (() => Promise<unknown>) | null;
  /** Null where there is one node only. */
  findNodes: () => Promise<ConnectedNodes | null>;
  dataDir: string;
}

export function createServiceStatus({
  checkDatabase,
  copyparty,
  checkObjectStorage,
  findNodes,
  dataDir,
}: ServiceStatusOptions): ServiceStatus {
  return {
    version,
    database: remember(async () => {
      const checkedAt = new Date();
      const isThere = await checkDatabase().then(
        () => true,
        () => false,
      );
      return isThere
        ? { state: 'OK', detail: null, checkedAt }
        : { state: 'DOWN', detail: 'The database does not answer.', checkedAt };
    }),
    copyparty: remember(async () =>
      copyparty ? describe(await copyparty.probe(), copyparty.hasFallback) : notConfigured(),
    ),
    objectStorage: remember(async () => (checkObjectStorage ? attempt(checkObjectStorage) : notConfigured())),
    sharedData: remember(() => checkDataFolders(findNodes, dataDir)),
  };
}

async function checkDataFolders(
  findNodes: ServiceStatusOptions['findNodes'],
  dataDir: string,
): Promise<ComponentStatus> {
  const checkedAt = new Date();
  const nodes = await findNodes().catch(() => 'unknown' as const);
  if (nodes === null) return notConfigured();
  if (nodes === 'unknown') return { state: 'DOWN', detail: 'The database does not answer.', checkedAt };
  if (nodes.elsewhere === 0) return { state: 'OK', detail: null, checkedAt };
  return { state: 'DOWN', detail: describeOtherDataFolder(dataDir, nodes), checkedAt };
}

function notConfigured(): ComponentStatus {
  return { state: 'NOT_CONFIGURED', detail: null, checkedAt: new Date() };
}

async function attempt(check: () => Promise<unknown>): Promise<ComponentStatus> {
  const checkedAt = new Date();
  try {
    await check();
    return { state: 'OK', detail: null, checkedAt };
  } catch (error) {
    return { state: 'DOWN', detail: error instanceof Error ? error.message : String(error), checkedAt };
  }
}

function describe({ isUsable, findings, checkedAt }: ProbeReport, hasFallback: boolean): ComponentStatus {
  const problems = findings.filter(({ state }) => state !== 'ok').map(({ text }) => text);
  if (!isUsable && hasFallback) {
    problems.push('while it is down, bytes come from the disk, where the root of their category is there');
  }
  const detail = problems.length > 0 ? `${problems.join('; ')}.` : null;
  return { state: isUsable ? 'OK' : 'DOWN', detail, checkedAt };
}

/**
 * Shares one check among all callers of two seconds, so that a status page that many people have open costs no more
 * than one.
 */
function remember(check: () => Promise<ComponentStatus>): () => Promise<ComponentStatus> {
  let last: { at: number; status: Promise<ComponentStatus> } | undefined;
  return async () => {
    if (last === undefined || performance.now() - last.at > freshMs) last = { at: performance.now(), status: check() };
    return last.status;
  };
}

const freshMs = 2_000;
