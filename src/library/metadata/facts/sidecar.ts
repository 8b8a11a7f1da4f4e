import { closeSync, readSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import { DomainError } from '../../../base/errors/domain-error.ts';
import { openInsideSync } from '../../../base/files/open-inside.ts';
import type { CaptureCandidate } from './facts.ts';
import { createNotes } from './notes.ts';
import type { ReadFacts } from './picture-facts.ts';
import { sidecarNamesOf } from './sidecar-names.ts';
import { readXmp } from './xmp.ts';
import { xmpDates, xmpFacts } from './xmp-facts.ts';

interface SidecarOwner {
  /** An absolute path, or one below `rootPath`. */
  path: string;
  rootPath: string;
}

const maxBytes = 1024 * 1024;

/**
 * Adds what the XMP file beside a picture or film says to what was read of it. A person's program wrote that last: its rating,
 * keywords, title, caption and place go before those in the file, and so does its date, where it is another one.
 */
export function addSidecar(read: ReadFacts | null, owner: SidecarOwner): ReadFacts | null {
  const document = readSidecar(owner);
  if (document === null) return read;
  const notes = createNotes();
  const properties = readXmp(document, notes);
  const { camera, hdr: _, ...said } = xmpFacts(properties, notes);
  const dates = xmpDates(properties, notes).flatMap((date) => toCandidates(date, read?.dates ?? []));
  const facts = {
    ...read?.facts,
    ...said,
    ...((camera ?? read?.facts.camera) && { camera: { ...camera, ...read?.facts.camera } }),
    notes: [...(read?.facts.notes ?? []), ...notes.list.map((note) => `The XMP file beside it: ${note}`)],
  };
  return { facts, dates: [...(read?.dates ?? []), ...dates] };
}

/** The dates of XMP that a person changes to say when a picture was taken. */
const chosen = new Set(['XMP exif:DateTimeOriginal', 'XMP photoshop:DateCreated']);

/** A date that repeats that of the file says less than it: fractions of a second and zones get lost on the way. */
function toCandidates(date: CaptureCandidate, known: readonly CaptureCandidate[]): CaptureCandidate[] {
  if (!chosen.has(date.name)) return [date];
  const isRepeated = known.some(({ source, localMs }) => source === 'EXIF' && Math.abs(localMs - date.localMs) < 1000);
  return isRepeated ? [] : [{ ...date, source: 'SIDECAR', name: `${date.name} beside it` }];
}

function readSidecar({ path, rootPath }: SidecarOwner): Buffer | null {
  const below = isAbsolute(path) ? relative(rootPath, path) : path;
  for (const name of sidecarNamesOf(below)) {
    try {
      const { fd, stats } = openInsideSync(rootPath, name);
      try {
        const bytes = Buffer.alloc(Math.min(Number(stats.size), maxBytes));
        return bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, 0));
      } finally {
        closeSync(fd);
      }
    } catch (error) {
      // Most files have none; one that cannot be read says nothing.
      if (!(error instanceof DomainError)) throw error;
    }
  }
  return null;
}
