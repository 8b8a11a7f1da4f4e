import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** Hashes a file a piece at a time: none is ever held whole. */
addEventListener('message', ({ data }: MessageEvent<{ id: number; file: File }>) => {
  void hash(data.file).then(
    (hex) => postMessage({ id: data.id, hex }),
    // A file that cannot be read is not known; sending it says why.
    () => postMessage({ id: data.id, hex: null }),
  );
});

async function hash(file: File): Promise<string> {
  const state = sha256.create();
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return bytesToHex(state.digest());
    state.update(value);
  }
}
