import { mkdtemp, realpath, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastify } from 'fastify';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { ArchiveFile } from '../../src/library/delivery/archives/archive-file.ts';
import { createArchives, type ArchivesOptions } from '../../src/library/delivery/archives/archives.ts';
import { openDiskSource } from '../../src/library/delivery/disk-source.ts';
import { ArchiveNotPreparedError } from '../../src/library/delivery/archives/archive-errors.ts';
import { archiveRoutes } from '../../src/service/http/routes/archive-routes.ts';
import { createSlots } from '../../src/base/async/slots.ts';
import { listOpenFiles, waitUntilNoneIsOpen } from './list-open-files.ts';

export interface ArchiveServer {
  /** Holds the files; what the catalogue says of them is in `files`, by their ids. */
  root: string;
  files: Map<string, ArchiveFile>;
  addFile(relativePath: string, file?: Partial<ArchiveFile>): void;
  url: string;
  port: number;
  /** What was logged, one object a line. */
  logged: Record<string, unknown>[];
  openFiles(): Promise<string[]>;
}

/** The archive routes on a real socket, in front of a temporary folder, with a map for a catalogue of one category. */
export async function startArchiveServer(options: Partial<ArchivesOptions> = {}): Promise<ArchiveServer> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'archive-server-')));
  const files = new Map<string, ArchiveFile>();
  const logged: Record<string, unknown>[] = [];
  const log = pino({}, { write: (line) => logged.push(JSON.parse(line) as Record<string, unknown>) });
  const archives = createArchives({
    files: {
      select: async (ids) => ids.map((id) => files.get(id) ?? null),
      async below(category, folder, limit) {
        const begin = folder === '' ? '' : `${folder}/`;
        const all = category === 'films' ? [...files.values()] : [];
        return all.filter(({ relativePath }) => relativePath.startsWith(begin)).slice(0, limit);
      },
    },
    prepared: { find: () => Promise.reject(new ArchiveNotPreparedError()) },
    openSource: openDiskSource,
    findUpstream: () => null,
    log,
    ...options,
  });
  const app = fastify({ http: { maxHeaderSize: 65_536 } });
  await app.register(archiveRoutes({ archives, slots: createSlots(100, 'Archives'), log }));
  await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(async () => {
    app.server.closeAllConnections();
    await app.close();
    await waitUntilNoneIsOpen(root);
    await rm(root, { recursive: true });
  });
  const { port } = app.server.address() as AddressInfo;
  return {
    root,
    files,
    addFile(relativePath, file = {}) {
      const contentType = 'application/octet-stream';
      const place = { category: 'films', rootPath: root, copypartyPath: '/films', relativePath };
      const defaults = { ...place, sizeBytes: 0, contentType };
      files.set(relativePath, { ...defaults, ...file });
    },
    url: `http://127.0.0.1:${port}`,
    port,
    logged,
    openFiles: () => listOpenFiles(root),
  };
}
