import { DomainError } from '../errors/domain-error.ts';
import { fingerprintFile } from './fingerprint.ts';
import { createMediaInfoParser } from './media-info-parser.ts';
import { probeFile, type FileToProbe } from './probe-file.ts';
import type { ProbedFacts } from './technical-metadata.ts';

export interface ProbeInput {
  files: readonly (FileToProbe & { id: number })[];
  /** Pictures of more are not decoded anywhere, and get a note that says so. */
  maxPixels?: number;
  /** Whether to read what the files are known by at another path. */
  fingerprints?: boolean;
}

export type ProbeResult = { fingerprint?: string | null } & (({ id: number; ok: true } & ProbedFacts) | FailedProbe);

// One for each worker thread.
const parser = createMediaInfoParser();

/**
 * Reads the headers of files, one after the other, and answers in their order. A file that cannot be read is an answer,
 * never an exception: its row stays, with the note.
 */
export async function probeFiles({
  files,
  maxPixels = Infinity,
  fingerprints = false,
}: ProbeInput): Promise<ProbeResult[]> {
  const results: ProbeResult[] = [];
  for (const { id, ...file } of files) {
    const probed = await probeFile(file, { parser, maxPixels }).then(
      (facts) => ({ id, ok: true as const, ...facts }),
      (error: unknown) => failedProbe(id, error),
    );
    results.push(fingerprints ? { ...probed, fingerprint: fingerprintFile(file.path, file.rootPath) } : probed);
  }
  return results;
}

interface FailedProbe {
  id: number;
  ok: false;
  /** A sentence for the item's technical metadata. */
  note: string;
  code: string;
}

/** Error classes do not survive the way out of the worker. */
function failedProbe(id: number, error: unknown): FailedProbe {
  if (error instanceof DomainError) return { id, ok: false, note: error.message, code: error.code };
  const reason = error instanceof Error ? error.message : String(error);
  return { id, ok: false, note: `The headers of the file could not be read: ${reason}`, code: 'PROBE_FAILED' };
}
