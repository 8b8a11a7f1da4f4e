import { join } from 'node:path';
import { startTestService, type TestService, type TestServiceOptions } from './test-service.ts';

/** Two services on one PostgreSQL, with one data folder, one configuration and the same roots: as two machines would have them. */
export async function startTwoNodes(
  databaseUrl: string,
  options: Omit<TestServiceOptions, 'databaseUrl'> = {},
): Promise<[TestService, TestService]> {
  const first = await startTestService({ ...options, databaseUrl });
  return [first, await startNodeBeside(first, databaseUrl, options)];
}

export function startNodeBeside(
  first: TestService,
  databaseUrl: string,
  options: Omit<TestServiceOptions, 'databaseUrl'> = {},
): Promise<TestService> {
  const shared = {
    DATA_DIR: join(first.folder, 'data'),
    MEDIA_CONFIG: join(first.folder, 'watch_media_dirs.yml'),
  };
  return startTestService({ ...options, databaseUrl, environment: { ...shared, ...options.environment } });
}
