import { open, type FileHandle } from 'node:fs/promises';

const newline = 10;

/**
 * Appends those of the lines that do not stand at the end of the file yet, down to the disk. The end is what an earlier
 * process wrote of them before it was killed; a line that broke off there is completed.
 */
export async function appendMissingLines(path: string, lines: readonly string[]): Promise<void> {
  const sizeBytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
  if (sizeBytes === 0) return;
  const file = await open(path, 'a+');
  try {
    const end = await readEnd(file, sizeBytes);
    const broken = end.subarray(end.lastIndexOf(newline) + 1);
    const written = new Set(end.toString().split('\n').slice(0, -1));
    const missing = lines.filter((line) => !written.has(line));
    const brokenLine = broken.length === 0 ? undefined : missing.find((line) => beginsWith(line, broken));
    const rest = missing.filter((line) => line !== brokenLine).map((line) => `${line}\n`);
    await file.writeFile(Buffer.concat([completionOf(broken, brokenLine), Buffer.from(rest.join(''))]));
    await file.datasync();
  } finally {
    await file.close();
  }
}

/**
 * Completes a broken line of ours; one of somebody else only gets an end, so that ours begin on a line of their own.
 */
function completionOf(broken: Buffer, line: string | undefined): Buffer {
  if (line !== undefined) return Buffer.from(`${line}\n`).subarray(broken.length);
  return Buffer.from(broken.length === 0 ? '' : '\n');
}

/** Compares bytes, as the line may have broken off within a character. */
function beginsWith(line: string, bytes: Buffer): boolean {
  return Buffer.from(line).subarray(0, bytes.length).equals(bytes);
}

async function readEnd(file: FileHandle, maxBytes: number): Promise<Buffer> {
  const { size } = await file.stat();
  const length = Math.min(size, maxBytes);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
  return buffer.subarray(0, bytesRead);
}
