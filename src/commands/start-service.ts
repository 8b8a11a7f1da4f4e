import type { Logger } from 'pino';
import { OpenToNetworkError } from '../service/access/access-errors.ts';
import { defaultGraceMs } from '../base/async/parts.ts';
import type { Service } from '../service/service.ts';
import type { Settings } from '../base/config/settings.ts';
import { toListenError } from './command-errors.ts';
import { findRisks } from './find-risks.ts';
import { createStop } from './stop-signal.ts';

/** Starts the service, reloads its configuration on SIGHUP, and ends it in order on SIGTERM and SIGINT. */
export async function startService(settings: Settings, log: Logger): Promise<Service & { url: string }> {
  const reloading = reloadOnHangUp();
  // The service is loaded only here: help and mistakes are answered before, in a third of the time.
  const { openService } = await import('../service/service.ts');
  const service = await openService(settings, log);
  try {
    if (!isLoopback(settings.host) && (await service.access.isOpen())) throw new OpenToNetworkError(settings.host);
    const { database, mediaConfig } = service;
    const risks = await findRisks({ settings, config: mediaConfig.current(), database });
    for (const warning of [...risks, ...(await describeMissingRoots(service))]) log.warn(warning);
    const address = await service.http.listen(settings.host, settings.port).catch((error: unknown) => {
      throw toListenError(error, settings);
    });
    await service.resume();
    reloading.begin(service.mediaConfig);
    createStop(async (signal) => {
      log.info({ signal }, 'Stopping: running jobs are put aside for the next start');
      await service.close();
      log.info('Stopped');
    }, stopLimits);
    return Object.assign(service, { url: `${address}/graphql` });
  } catch (error) {
    await service.close(0);
    throw error;
  }
}

/** Responses and jobs have their grace; what remains then is bookkeeping, unless a disk or a database is dead. */
const stopLimits = { stopMs: defaultGraceMs + 5_000, lingerMs: 2_000 };

/**
 * Reloads the configuration on SIGHUP. A signal that comes during the start is remembered: without a listener it would
 * end the process, and systemd would take that for an orderly end.
 */
function reloadOnHangUp(): { begin(mediaConfig: Service['mediaConfig']): void } {
  let reload: (() => void) | undefined;
  let isAsked = false;
  process.on('SIGHUP', () => {
    isAsked = true;
    reload?.();
  });
  return {
    begin(mediaConfig) {
      reload = () => void mediaConfig.reload().catch(() => undefined); // the store has logged it and keeps the last good one
      if (isAsked) reload();
    },
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

async function describeMissingRoots({ mediaConfig, checkRoots }: Service): Promise<string[]> {
  if (mediaConfig.current().allowMissing) return [];
  const roots = await checkRoots();
  return roots
    .filter((root) => !root.exists)
    .map(
      ({ category, rootPath }) =>
        `The root folder of ${category}, ${rootPath}, does not exist: its items cannot be played.`,
    );
}
