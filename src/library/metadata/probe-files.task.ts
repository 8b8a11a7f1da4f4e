import { closeSync } from 'node:fs';
import type { MediaType } from '../../base/config/media-config.ts';
import { DomainError } from '../../base/errors/domain-error.ts';
import { fingerprintOpenFile } from './fingerprint.ts';
import { createMediaInfoParser } from './media-info-parser.ts';
import { openMediaFile, type OpenMediaFile } from './open-media-file.ts';
import { probeFile } from './probe-file.ts';
import type { ProbedFacts } from './technical-metadata.ts';

interface FileToProbe {
  id: number;
  /** Absolute, or from `rootPath` on. */
  path: string;
  /** The file is read only where it really lies below this folder. */
  rootPath: string;
  mediaType: MediaType;
}

export interface ProbeInput {
  files: readonly FileToProbe[];
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
  for (const file of files) results.push(await probeAndKnow(file, maxPixels, fingerprints));
  return results;
}

/** The headers and the fingerprint come from one opening: they describe the same file. */
async function probeAndKnow(file: FileToProbe, maxPixels: number, fingerprints: boolean): Promise<ProbeResult> {
  let open: OpenMediaFile | undefined;
  try {
    open = openMediaFile(file.path, file.rootPath);
    const probed = await probe(file, open, maxPixels);
    return fingerprints ? { ...probed, fingerprint: fingerprintOpenFile(open) } : probed;
  } catch (error) {
    return { ...failedProbe(file.id, error), ...(fingerprints && { fingerprint: null }) };
  } finally {
    if (open !== undefined) closeSync(open.fd);
  }
}

async function probe({ id, mediaType }: FileToProbe, open: OpenMediaFile, maxPixels: number): Promise<ProbeResult> {
  try {
    return { id, ok: true, ...(await probeFile(open, { mediaType, parser, maxPixels })) };
  } catch (error) {
    return failedProbe(id, error);
  }
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
