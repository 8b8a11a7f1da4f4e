import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** An empty folder that is removed when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mediashelf-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes small files below a folder; each holds its own path. */
export async function writeFiles(folder: string, relativePaths: readonly string[]): Promise<void> {
  for (const relativePath of relativePaths) {
    const path = join(folder, relativePath);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, relativePath);
  }
}
