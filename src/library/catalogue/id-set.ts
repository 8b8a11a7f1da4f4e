import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';

/** Packs ids, ascending, into a text: a bit each, compressed. A million of them take some tens of kilobytes. */
export async function packIds(ids: readonly number[]): Promise<string> {
  const bits = Buffer.alloc(((ids.at(-1) ?? 0) >>> 3) + 1);
  for (const id of ids) bits[id >>> 3] = (bits[id >>> 3] ?? 0) | (1 << (id & 7));
  return (await promisify(deflate)(bits)).toString('base64');
}

/** Returns whether an id is among those that were packed. */
export async function unpackIds(packed: string): Promise<(id: number) => boolean> {
  const bits = await promisify(inflate)(Buffer.from(packed, 'base64'));
  return (id) => ((bits[id >>> 3] ?? 0) & (1 << (id & 7))) !== 0;
}
