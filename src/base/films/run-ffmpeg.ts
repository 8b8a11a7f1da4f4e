import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { NoFilmDecoderError, UnreadableFilmError } from './film-errors.ts';

interface RunOptions {
  /** The descriptor that the program inherits as 3. */
  fd: number | 'ignore';
  /** When it has read more, it is ended; that is seen on Linux alone. */
  maxReadBytes: number;
  /** When it is ended, by `performance.now()`. */
  deadline: number;
}

interface FFmpegOutput {
  output: Buffer;
  /** What it wrote to stderr. */
  errors: string;
  readBytes: number;
}

/**
 * Runs the program ffmpeg, whatever it exits with. Throws NoFilmDecoderError where it cannot be started, and
 * UnreadableFilmError where it had to be ended.
 */
export function runFFmpeg(
  program: string,
  args: readonly string[],
  { fd, maxReadBytes, deadline }: RunOptions,
): Promise<FFmpegOutput> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe', fd] });
    const output: Buffer[] = [];
    let outputBytes = 0;
    let errors = '';
    let readBytes = 0;
    const end = (reason: string) => {
      child.kill('SIGKILL');
      reject(new UnreadableFilmError(reason));
    };
    const watch = setInterval(() => {
      readBytes = readBytesOf(child.pid) ?? readBytes;
      if (readBytes > maxReadBytes) end(`it is not found within ${maxReadBytes} bytes.`);
      if (performance.now() > deadline) end('it takes too long.');
    }, watchEveryMs);
    child.stdout?.on('data', (chunk: Buffer) => {
      outputBytes += chunk.length;
      if (outputBytes > maxOutputBytes) end('ffmpeg writes too much.');
      else output.push(chunk);
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      if (errors.length < maxErrorLength) errors += chunk.toString();
    });
    child.on('error', (error) => {
      clearInterval(watch);
      reject(new NoFilmDecoderError(`${program} cannot be started (${error.message}).`));
    });
    child.on('close', () => {
      clearInterval(watch);
      resolve({ output: Buffer.concat(output), errors, readBytes });
    });
  });
}

const watchEveryMs = 50;
/** A frame of 4 channels with two bytes, 2048 pixels square. */
const maxOutputBytes = 8 * 2048 * 2048 + 1024;
const maxErrorLength = 64 * 1024;

function readBytesOf(pid: number | undefined): number | null {
  try {
    return Number(/^rchar: (\d+)$/m.exec(readFileSync(`/proc/${pid}/io`, 'latin1'))?.[1] ?? 0);
  } catch {
    return null; // it has just ended, or this is no Linux
  }
}
