import { Mutex } from 'async-mutex';
import { mediaInfoFactory, type MediaInfo, type Track } from 'mediainfo.js';
import { chunkBytes, type HeaderReader } from './header-reader.ts';

export interface MediaInfoParser {
  /** Returns the tracks of a file, the general one first; none where no parser of MediaInfo knows the file. */
  parse(sizeBytes: number, reader: HeaderReader): Promise<readonly Track[]>;
}

/**
 * MediaInfo as WebAssembly is loaded from its package, without network. Loading takes 20 ms, so one instance serves
 * file after file, one at a time.
 */
export function createMediaInfoParser(): MediaInfoParser {
  const mutex = new Mutex();
  let instance: MediaInfo | undefined;

  return {
    parse: (sizeBytes, reader) =>
      mutex.runExclusive(async () => {
        const current = (instance ??= await mediaInfoFactory({ format: 'object', chunkSize: chunkBytes }));
        // The instance is taken out until it is known to be fit for another file: one that aborted is not.
        instance = undefined;
        const result = await current.analyzeData(sizeBytes, (size, offset) => reader.read(size, offset));
        if (reader.bytesRead < strainBytes) instance = current;
        return result.media?.track ?? [];
      }),
  };
}

/**
 * Linear memory never shrinks, and files that make the parser buffer megabytes (mostly garbage) grow it from 32 to 400
 * MiB: after such a file the instance is left to the garbage collector.
 */
const strainBytes = 4 * 1024 * 1024;
