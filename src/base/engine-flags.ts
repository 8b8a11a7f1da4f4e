import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Lets V8 translate WebAssembly anew, with all its optimisations, only where it has run twenty times as long as it waits
 * for by itself. Prisma compiles queries by a program of two megabytes, each kind of query once: its translation cost the
 * first minute of every start a second of work and 50 MB of memory, and made no later query quicker. A program that goes
 * on, such as undici's parser of answers, is optimised as before. It counts for programs that are loaded after the call.
 */
export function optimiseWebAssemblyLate(): void {
  setFlagsFromString('--wasm-tiering-budget=36000000');
}

/**
 * Keeps V8's space for young objects at its first size until the returned function is called, which also has the garbage of
 * the start collected. What a start loads stays, and V8 takes that for a reason to make the space as large as it may, which
 * then lies idle: 32 MB.
 */
export function keepYoungSpaceSmall(): () => void {
  setFlagsFromString('--semi-space-growth-factor=1');
  return () => {
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
    setFlagsFromString('--no-expose-gc');
    setFlagsFromString('--semi-space-growth-factor=2');
  };
}
