import { writeFileSync } from 'node:fs';
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import sharp from 'sharp';
import { loadSettings } from '../../src/base/config/settings.ts';
import { dialectOf, sql, timestampOf } from '../../src/base/database/sql.ts';
import { openService } from '../../src/service/service.ts';
import { catalogueFiles, categoryOf } from '../support/catalogued-files.ts';

/**
 * Starts the real service with the page of `folder/page` and so many made-up photos of twenty years, behind a server that answers
 * thumbnails from memory and hands on all else.
 */
export async function openMillion(folder: string, rows: number): Promise<{ url: string; close: () => Promise<void> }> {
  const config = join(folder, 'media.yml');
  writeFileSync(
    config,
    'version: 2\ncategories:\n  - {key: photos, label: Photos, default: true, media_type: image, root_path: /srv/photos}\n',
  );
  const settings = loadSettings({ DATA_DIR: folder, LOG_DIR: folder, MEDIA_CONFIG: config, PRESSURE: 'off' }, folder);
  const service = await openService(settings, pino({ level: 'silent' }), { page: join(folder, 'page') });
  const photos = categoryOf({ key: 'photos', isDefault: true });
  for (let start = 0; start < rows; start += 1_000) {
    const numbers = Array.from({ length: Math.min(1_000, rows - start) }, (_, index) => start + index);
    await catalogueFiles(
      service.database,
      photos,
      numbers.map((number) => ({ relativePath: `album ${number % 999}/picture ${number}.jpg` })),
    );
  }
  const from = timestampOf(dialectOf(service.database), new Date('2004-01-01T00:00:00Z'));
  await service.database.write(
    sql`UPDATE media_items SET captured_at = ${from} + (id * 7919 % 7300) * 86400000, captured_source = 'EXIF', width = 900, height = 600`,
  );
  const address = new URL(await service.http.listen('127.0.0.1', 0));
  const thumbnails = await drawThumbnails();
  const server = createServer((incoming, outgoing) => {
    const id = /^\/media\/([^/]+)\/thumbnail/.exec(incoming.url ?? '')?.[1];
    if (incoming.url === '/plain') {
      outgoing.writeHead(200, { 'content-type': 'text/html' });
      outgoing.end('<!doctype html><title>plain</title><img src="media/a/thumbnail" alt="" width="960">');
    } else if (id === undefined) handOn(address, incoming, outgoing);
    else {
      const number = Buffer.from(id).reduce((sum, byte) => sum + byte, 0) % thumbnails.length;
      outgoing.writeHead(200, { 'content-type': 'image/webp', 'cache-control': 'private, max-age=3600' });
      outgoing.end(thumbnails[number]);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.closeAllConnections();
      server.close();
      await service.close(0);
    },
  };
}

function handOn({ hostname, port }: URL, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { headers, method, url } = incoming;
  const handed = ask({ hostname, port, path: url, method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  handed.on('error', () => outgoing.destroy());
  outgoing.on('close', () => handed.destroy());
  incoming.pipe(handed);
}

/** Some twelve kilobytes each, as those of photographs are. */
function drawThumbnails(): Promise<Buffer[]> {
  const noise = { type: 'gaussian', mean: 120, sigma: 24 } as const;
  return Promise.all(
    Array.from({ length: 40 }, (_, at) =>
      sharp({ create: { width: 80, height: 54, channels: 3, background: '#000', noise } })
        .tint({ r: (at * 67) % 256, g: (at * 131) % 256, b: (at * 29) % 256 })
        .resize(320, 213)
        .webp({ quality: 75 })
        .toBuffer(),
    ),
  );
}
