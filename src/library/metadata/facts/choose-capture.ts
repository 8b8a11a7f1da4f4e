import { captureSources, type Capture, type CaptureCandidate } from './facts.ts';
import type { Notes } from './notes.ts';

const dayMs = 86_400_000;
const maxZoneMs = 14 * 3_600_000;
/** The first photograph was taken in that year. */
const firstYearMs = Date.UTC(1826);
/** Where clocks that were never set begin: those of Unix, of old Macintosh files, and of Matroska. */
const zeros = [Date.UTC(1970), Date.UTC(1904)];

/**
 * Chooses the time of capture: the one with the highest source that can be true, and of one source the first. Its zone
 * may come from another that says the same time. Those that cannot be true are noted. Null where none is left.
 */
export function chooseCapture(candidates: readonly CaptureCandidate[], notes: Notes, nowMs: number): Capture | null {
  const possible = candidates.filter((candidate) => {
    const fault = faultOf(candidate, nowMs);
    if (fault !== null) notes.add(`${candidate.name} is ${describe(candidate)}, ${fault}; it is ignored.`);
    return fault === null;
  });
  const ranked = possible.toSorted((a, b) => captureSources.indexOf(a.source) - captureSources.indexOf(b.source));
  const [best] = ranked;
  if (best === undefined) return null;
  const { localMs, source } = best;
  const isSameTime = (other: Capture) => Math.abs(other.localMs - localMs) < 1000 && other.offsetMinutes !== null;
  const offsetMinutes = best.offsetMinutes ?? ranked.find(isSameTime)?.offsetMinutes ?? null;
  return { localMs, offsetMinutes, source };
}

function faultOf({ localMs, offsetMinutes }: Capture, nowMs: number): string | null {
  if (localMs < firstYearMs) return 'before there were photographs';
  if (zeros.some((zero) => Math.abs(localMs - zero) < dayMs)) return 'where a clock begins that was never set';
  // A clock without a zone may be ahead of UTC by as much as there is.
  const aheadMs = offsetMinutes === null ? maxZoneMs : offsetMinutes * 60_000;
  return localMs - aheadMs > nowMs + dayMs ? 'in the future' : null;
}

function describe({ localMs }: Capture): string {
  return new Date(localMs).toISOString().slice(0, 19).replace('T', ' ');
}
