import { closeSync } from 'node:fs';
import { basename } from 'node:path';
import type { MediaType } from '../../base/config/media-config.ts';
import { DomainError } from '../../base/errors/domain-error.ts';
import { fitBytes, maxTechnicalBytes } from './facts/fit-bytes.ts';
import { addSidecar } from './facts/sidecar.ts';
import { settleFacts, type SettledFacts } from './facts/settle-facts.ts';
import { fingerprintOpenFile } from './fingerprint.ts';
import { createMediaInfoParser } from './media-info-parser.ts';
import { openMediaFile, type OpenMediaFile } from './open-media-file.ts';
import { probeFile, readTagsAlone } from './probe-file.ts';
import type { ProbedFacts, ProbedFile } from './technical-metadata.ts';

interface FileToProbe {
  id: number;
  /** An absolute path, or one below `rootPath`. */
  path: string;
  /** The file is read only where it really lies below this folder. */
  rootPath: string;
  mediaType: MediaType;
}

export interface ProbeInput {
  files: readonly FileToProbe[];
  /** A picture with more pixels is not decoded anywhere, and gets a note that says so. */
  maxPixels?: number;
  /** Whether to read the fingerprints too, by which files are recognised at another path. */
  fingerprints?: boolean;
  /** Whether to read the facts too, and then, whether to read the places where pictures and films were taken. */
  facts?: { places: boolean } | undefined;
}

export type ProbeResult = { fingerprint?: string | null; settled?: SettledFacts } & (
  | ({ id: number; ok: true } & ProbedFacts)
  | FailedProbe
);

type ProbeOptions = Pick<ProbeInput, 'facts' | 'fingerprints'> & { maxPixels: number };

// Each worker thread has one parser.
const parser = createMediaInfoParser();

/**
 * Reads the headers of files, one after the other, and returns results in their order. A file that cannot be read is a
 * result, never an exception: its row stays, with the note.
 */
export async function probeFiles({ files, maxPixels = Infinity, ...options }: ProbeInput): Promise<ProbeResult[]> {
  const results: ProbeResult[] = [];
  for (const file of files) results.push(await probeAndFingerprint(file, { ...options, maxPixels }));
  return results;
}

/** Headers and fingerprint come from one open file: opened twice, a path could lead to two different files. */
async function probeAndFingerprint(file: FileToProbe, options: ProbeOptions): Promise<ProbeResult> {
  const { fingerprints = false } = options;
  let open: OpenMediaFile | undefined;
  try {
    open = openMediaFile(file.path, file.rootPath);
    const probed = await probe(file, open, options);
    return fingerprints ? { ...probed, fingerprint: fingerprintOpenFile(open) } : probed;
  } catch (error) {
    const failed = { ...failedProbe(file.id, error), ...settle(null, file, options) };
    return fingerprints ? { ...failed, fingerprint: null } : failed;
  } finally {
    if (open !== undefined) closeSync(open.fd);
  }
}

async function probe(file: FileToProbe, open: OpenMediaFile, options: ProbeOptions): Promise<ProbeResult> {
  const { id, path, mediaType } = file;
  const { maxPixels } = options;
  try {
    const { read = null, ...probed } = await probeFile(open, { filename: path, mediaType, parser, maxPixels });
    const technical = fitBytes(probed.technical, maxTechnicalBytes);
    return { id, ok: true, ...probed, technical, ...settle(read, file, options) };
  } catch (error) {
    const read = options.facts && (await readTagsAlone(open, { filename: path, mediaType }).catch(() => null));
    return { ...failedProbe(id, error), ...settle(read, file, options) };
  }
}

function settle(
  read: ProbedFile['read'] | null,
  file: FileToProbe,
  { facts }: ProbeOptions,
): { settled?: SettledFacts } {
  if (facts === undefined) return {};
  const whole = file.mediaType === 'AUDIO' ? read : addSidecar(read ?? null, file);
  return { settled: settleFacts(whole ?? null, { filename: basename(file.path), places: facts.places }) };
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
