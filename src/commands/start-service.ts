import type { Logger } from 'pino';
import { OpenToNetworkError } from '../access/access-errors.ts';
import type { App } from '../app.ts';
import type { Settings } from '../config/settings.ts';
import { createStop } from './stop-signal.ts';

/** Starts the service, reloads its configuration on SIGHUP, and ends it in order on SIGTERM and SIGINT. */
export async function startService(settings: Settings, log: Logger): Promise<App & { url: string }> {
  // Loaded when it comes to it: help and mistakes are answered before, in a third of the time.
  const { createApp } = await import('../app.ts');
  const app = await createApp(settings, log);
  try {
    if (!isLoopback(settings.host) && (await app.access.isOpen())) throw new OpenToNetworkError(settings.host);
    for (const warning of await describeMissingRoots(app)) log.warn(warning);
    const address = await app.http.listen(settings.host, settings.port);
    await app.resume();
    process.on('SIGHUP', () => {
      app.mediaConfig.reload().catch(() => undefined); // the store has logged it and keeps the last good one
    });
    createStop(async (signal) => {
      log.info({ signal }, 'Stopping: running jobs are put aside for the next start');
      await app.close();
      log.info('Stopped');
    });
    return Object.assign(app, { url: `${address}/graphql` });
  } catch (error) {
    await app.close(0);
    throw error;
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

async function describeMissingRoots({ mediaConfig, checkRoots }: App): Promise<string[]> {
  if (mediaConfig.current().allowMissing) return [];
  const roots = await checkRoots();
  return roots
    .filter((root) => !root.exists)
    .map(
      ({ category, rootPath }) =>
        `The root folder of ${category}, ${rootPath}, does not exist: its items cannot be played.`,
    );
}
