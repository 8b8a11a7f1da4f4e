import { createRequire } from 'node:module';
import { crc32 } from 'node:zlib';
import { ZipFile } from 'yazl';

// yazl 3.3 computes checksums in JavaScript, which takes the event loop 2.4 s a GiB; zlib takes 0.2 s.
const resolve = createRequire(createRequire(import.meta.url).resolve('yazl'));
const checksums = resolve('buffer-crc32') as { unsigned: (bytes: Buffer, before?: number) => number };
checksums.unsigned = crc32;

export { ZipFile };
