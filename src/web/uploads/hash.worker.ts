import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** Files whose hashes nobody waits for any more. */
const left = new Set<number>();
const toldEveryBytes = 16 * 1024 ** 2;

/** Hashes a file a piece at a time: none is ever held whole. Without a file, the hashing of that number ends. */
addEventListener('message', ({ data: { id, file } }: MessageEvent<{ id: number; file: File | null }>) => {
  if (file === null) {
    left.add(id);
    return;
  }
  void hash(id, file)
    .then(
      (hex) => postMessage({ id, hex }),
      // A file that cannot be read is not known; sending it says why.
      () => postMessage({ id, hex: null }),
    )
    .finally(() => left.delete(id));
});

async function hash(id: number, file: File): Promise<string | null> {
  const state = sha256.create();
  const reader = file.stream().getReader();
  let [done, told] = [0, 0];
  for (;;) {
    if (left.has(id)) {
      await reader.cancel();
      return null;
    }
    const piece = await reader.read();
    if (piece.done) return bytesToHex(state.digest());
    state.update(piece.value);
    done += piece.value.length;
    if (done - told < toldEveryBytes) continue;
    told = done;
    postMessage({ id, done });
  }
}
