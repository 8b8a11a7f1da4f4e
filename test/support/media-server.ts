import { mkdtemp, realpath, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastify, type FastifyHttpOptions } from 'fastify';
import { pino } from 'pino';
import { openDiskSource } from '../../src/library/delivery/disk-source.ts';
import type { MediaFile } from '../../src/library/catalogue/catalogue.ts';
import { mediaRoutes, type MediaRoutesOptions } from '../../src/service/http/routes/media-routes.ts';
import { listOpenFiles, waitUntilNoneIsOpen } from './list-open-files.ts';

export interface MediaServer {
  /** Holds the files; what the catalogue says of them is in `items`. */
  root: string;
  items: Map<string, MediaFile>;
  addItem(id: string, file?: Partial<MediaFile>): void;
  url: string;
  port: number;
  /** What was logged, one object a line. */
  logged: Record<string, unknown>[];
  openFiles(): Promise<string[]>;
  /** Throws if a file was left open. */
  close(): Promise<void>;
}

interface MediaServerOptions {
  openSource?: MediaRoutesOptions['openSource'];
  server?: FastifyHttpOptions<Server>;
}

/** The byte routes on a real socket, in front of a temporary folder, with a map for a catalogue. */
export async function startMediaServer({
  openSource = openDiskSource,
  server = {},
}: MediaServerOptions = {}): Promise<MediaServer> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'media-server-')));
  const items = new Map<string, MediaFile>();
  const logged: Record<string, unknown>[] = [];
  const log = pino({}, { write: (line) => logged.push(JSON.parse(line) as Record<string, unknown>) });
  const app = fastify(server);
  await app.register(mediaRoutes({ findFile: async (id) => items.get(id) ?? null, openSource, log }));
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return {
    root,
    items,
    addItem(id, file = {}) {
      const place = { category: 'films', rootPath: root, copypartyPath: '/films', relativePath: id };
      const defaults = { ...place, filename: id, mimeType: 'video/mp4', status: 'AVAILABLE' as const };
      items.set(id, { ...defaults, ...file });
    },
    url: `http://127.0.0.1:${port}`,
    port,
    logged,
    openFiles: () => listOpenFiles(root),
    async close() {
      app.server.closeAllConnections();
      await app.close();
      await waitUntilNoneIsOpen(root);
      await rm(root, { recursive: true });
    },
  };
}
