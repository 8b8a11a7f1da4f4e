import { dirname } from 'node:path';
import { LostTaskError } from '../../base/errors/domain-error.ts';
import type { ProbeInput, ProbeResult } from '../metadata/probe-files.task.ts';

/** What kind of medium a file is, by its bytes. */
export interface DetectedType {
  ext: string;
  mime: string;
}

/** Returns null for what it does not know. */
export type DetectType = (path: string) => Promise<DetectedType | null>;

interface HeaderPool {
  run(name: 'probeFiles', input: ProbeInput): Promise<ProbeResult[]>;
}

/**
 * Returns what asks the reader of headers, which decides what catalogued files are, for sound that has no signature of
 * its own: bytes or several tags may stand before the first frame of an MP3.
 */
export function createHeaderDetector(pool: HeaderPool): DetectType {
  return async (path) => {
    const file = { id: 0, path, rootPath: dirname(path), mediaType: 'AUDIO' as const };
    const results = await pool.run('probeFiles', { files: [file] }).catch((error: unknown) => {
      if (error instanceof LostTaskError) return []; // a file that takes a worker with it is none to take in
      throw error;
    });
    const [result] = results;
    if (result?.ok !== true || result.technical.kind !== 'stream') return null;
    const { container, audio } = result.technical;
    if (container === 'MPEG Audio') return { ext: layers[audio[0]?.profile ?? ''] ?? 'mp3', mime: 'audio/mpeg' };
    return sounds[container] ?? null;
  };
}

const layers: Readonly<Record<string, string>> = { 'Layer 1': 'mp1', 'Layer 2': 'mp2', 'Layer 3': 'mp3' };
const sounds: Readonly<Record<string, DetectedType>> = {
  ADTS: { ext: 'aac', mime: 'audio/aac' },
  FLAC: { ext: 'flac', mime: 'audio/flac' },
};
