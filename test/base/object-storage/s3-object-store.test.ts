import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { FileShrankError } from '../../../src/library/delivery/delivery-errors.ts';
import { createS3ObjectStore } from '../../../src/base/object-storage/s3-object-store.ts';
import type { ObjectStore } from '../../../src/base/object-storage/object-store.ts';
import { startS3Server, type S3Server } from '../../support/s3-server.ts';

let server: S3Server;
let store: ObjectStore;

function open(changes: { bucket?: string; endpoint?: string } = {}): ObjectStore {
  const { S3_BUCKET: bucket = '', S3_ENDPOINT: endpoint = '' } = server.environment;
  const settings = { bucket, endpoint, region: 'us-east-1', forcePathStyle: true, urlLifetimeSeconds: 60 };
  const opened = createS3ObjectStore({ ...settings, ...changes });
  onTestFinished(() => opened.close());
  return opened;
}

function put(key: string, bytes: Buffer) {
  return store.put({ key, contentType: 'image/png', body: Readable.from([bytes]) });
}

async function get(key: string): Promise<Buffer> {
  const response = await fetch(await store.presign(key));
  return Buffer.from(await response.arrayBuffer());
}

beforeEach(async () => {
  server = await startS3Server();
  store = open();
});

describe('an object store', () => {
  it('keeps what it is given, and lets anybody read it by a presigned URL', async () => {
    await put('proxies/ä b+c.png', Buffer.from('hello'));
    expect(await store.sizeOf('proxies/ä b+c.png')).toBe(5);
    const response = await fetch(await store.presign('proxies/ä b+c.png'));
    expect([response.headers.get('content-type'), await response.text()]).toEqual(['image/png', 'hello']);
  });

  it('tells of an object that is not there', async () => {
    expect(await store.sizeOf('proxies/none.png')).toBe(null);
  });

  it('sends a checksum with everything, which tells a byte that was lost on the way', async () => {
    await put('a', Buffer.alloc(1_000, 1));
    expect(server.unchecked).toEqual([]);
    server.isTampering = true;
    await expect(put('b', Buffer.alloc(1_000, 1))).rejects.toMatchObject({
      code: 'OBJECT_STORAGE_ERROR',
      message: expect.stringContaining('BadDigest'),
    });
    expect(await store.sizeOf('b')).toBe(null);
  });

  it('takes a large object in parts, each with its checksum', async () => {
    const bytes = Buffer.alloc(20 * 1024 * 1024);
    for (let index = 0; index < bytes.length; index += 4096) bytes.writeUInt32LE(index, index);
    await put('uploads/large.tif', bytes);
    expect((await get('uploads/large.tif')).equals(bytes)).toBe(true);
    expect(server.requests.filter((request) => request.startsWith('PUT'))).toHaveLength(3);
    expect(server.unchecked).toEqual([]);
  });

  it('is asked again, with pauses, while it has too much to do', async () => {
    server.failures = 3;
    await put('a', Buffer.from('hello'));
    expect(await store.sizeOf('a')).toBe(5);
    expect(server.requests.filter((request) => request === 'PUT /analysis/a')).toHaveLength(4);
  });

  it('removes many objects at once, also those that never were', async () => {
    await put('a', Buffer.from('1'));
    await store.remove(['a', 'b']);
    expect(await store.sizeOf('a')).toBe(null);
  });

  it('leaves an error of what is to be stored as it is', async () => {
    const error = new FileShrankError(5, 10);
    const broken = new Readable({ read() {} });
    broken.push('hello');
    setImmediate(() => broken.destroy(error));
    await expect(store.put({ key: 'a', contentType: 'image/png', body: broken })).rejects.toBe(error);
    expect(await store.sizeOf('a')).toBe(null);
  });

  it('says what is wrong with its settings', async () => {
    await expect(open({ bucket: 'nobodys' }).check()).rejects.toThrow(/bucket "nobodys"\): there is no such bucket/);
    await expect(open({ endpoint: 'http://127.0.0.1:1' }).check()).rejects.toMatchObject({
      code: 'OBJECT_STORAGE_ERROR',
    });
    await expect(store.check()).resolves.toBeUndefined();
  });
});
