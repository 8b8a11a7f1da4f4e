import { utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { mkdir, writeFile } from 'node:fs/promises';
import { encodePublicId } from '../../../src/base/public-id.ts';
import type { JobRecord } from '../../../src/library/jobs/job-record.ts';
import type { ImageProxyReport } from '../../../src/library/image-proxies/image-proxy-report.ts';
import { graphql } from '../../generated/gql.ts';
import type { CreateImageProxiesInput } from '../../generated/graphql.ts';
import { startTestService, type TestService, type TestServiceOptions } from '../../support/test-service.ts';
import { drawNoise } from './draw-pictures.ts';

const StartBatch = graphql(/* GraphQL */ `
  mutation StartBatch($input: CreateImageProxiesInput!) {
    createImageProxies(input: $input) {
      __typename
      ... on ImageProxyJob {
        id
        dryRun
      }
      ... on Error {
        code
        message
      }
      ... on InvalidInputError {
        field
      }
    }
  }
`);

/** A service with a category of photographs and one of films. */
export interface ProxyService extends TestService {
  /** Holds the files of the proxies. */
  proxyFolder: string;
  photoPath(name: string): string;
  writePhoto(name: string, bytes: Buffer): Promise<void>;
  /** Scans, and waits until the headers are read. */
  scan(): Promise<void>;
  /** The public ID of the item with that filename. */
  idOf(filename: string): Promise<string>;
  startBatch(input?: Partial<CreateImageProxiesInput>): Promise<string>;
  /** Runs a batch to its end. */
  batch(input?: Partial<CreateImageProxiesInput>): Promise<{ job: JobRecord; report: ImageProxyReport }>;
}

export async function startProxyService(options: TestServiceOptions = {}): Promise<ProxyService> {
  const service = await startTestService({
    categories: [
      { key: 'photos', default: true, media_type: 'image', include_patterns: ['**/*'] },
      { key: 'films', media_type: 'video' },
    ],
    ...options,
  });
  const photoPath = (name: string) => join(service.category('photos').rootPath, name);
  const { app } = service;

  async function startBatch(input: Partial<CreateImageProxiesInput> = {}): Promise<string> {
    const { createImageProxies: started } = await service.request(StartBatch, { input });
    if (started.__typename !== 'ImageProxyJob') throw new Error(JSON.stringify(started));
    return Buffer.from(started.id, 'base64url').toString().replace('ImageProxyJob:', '');
  }

  return {
    ...service,
    proxyFolder: join(service.folder, 'data', 'proxy_image'),
    photoPath,
    async writePhoto(name, bytes) {
      await mkdir(dirname(photoPath(name)), { recursive: true });
      await writeFile(photoPath(name), bytes);
    },
    async scan() {
      const { id } = await app.scanner.start({});
      await app.jobs.waitFor(id);
      await app.prober.drain();
    },
    async idOf(filename) {
      const { id } = await app.database.prisma.mediaItem.findFirstOrThrow({ where: { filename } });
      return encodePublicId('MediaItem', id);
    },
    startBatch,
    async batch(input) {
      const job = await app.jobs.waitFor(await startBatch(input));
      return { job, report: job.result as unknown as ImageProxyReport };
    },
  };
}

/** A photograph of 1200 x 1000, another one for each seed. */
export function photo(seed = 1, size = { width: 1200, height: 1000 }): Promise<Buffer> {
  return drawNoise(size.width, size.height, seed).jpeg().toBuffer();
}

/** Makes the next scan take the file for another version. */
export async function touch(path: string, at: Date): Promise<void> {
  await utimes(path, at, at);
}
