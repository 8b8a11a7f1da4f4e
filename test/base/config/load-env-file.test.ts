import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadEnvFile } from '../../../src/base/config/load-env-file.ts';

describe('loadEnvFile', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'env-file-'));
    // Registers the variables for restoration: the file writes past vitest's stubs.
    vi.stubEnv('MEDIASHELF_TEST_NEW', undefined);
    vi.stubEnv('MEDIASHELF_TEST_SET', 'from the shell');
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  it('adds the variables of the file, and lets those that are set already win', async () => {
    const path = join(folder, '.env');
    await writeFile(path, '# a comment\nMEDIASHELF_TEST_NEW="from the file"\nMEDIASHELF_TEST_SET=lost\n');
    loadEnvFile(path);
    expect(process.env.MEDIASHELF_TEST_NEW).toBe('from the file');
    expect(process.env.MEDIASHELF_TEST_SET).toBe('from the shell');
  });

  it('is content where there is no file', () => {
    expect(() => loadEnvFile(join(folder, '.env'))).not.toThrow();
  });

  it('fails where there is something that it cannot read', () => {
    expect(() => loadEnvFile(folder)).toThrow(folder);
  });
});
