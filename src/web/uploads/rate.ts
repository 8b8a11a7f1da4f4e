interface Sample {
  atMs: number;
  bytes: number;
}

const windowMs = 10_000;

export interface Rate {
  /** Notes how many bytes were sent so far. */
  note(bytes: number, nowMs: number): void;
  /** Bytes a second over the last ten seconds; null while there is nothing to go by. */
  perSecond(nowMs: number): number | null;
  reset(): void;
}

export function createRate(): Rate {
  let samples: Sample[] = [];
  return {
    note(bytes, atMs) {
      const last = samples.at(-1);
      // What goes on from an earlier place is no speed.
      if (last !== undefined && bytes < last.bytes) samples = [];
      samples.push({ atMs, bytes });
      samples = samples.filter((sample) => atMs - sample.atMs <= windowMs);
    },
    perSecond(nowMs) {
      const recent = samples.filter(({ atMs }) => nowMs - atMs <= windowMs);
      const [first, last] = [recent[0], recent.at(-1)];
      if (first === undefined || last === undefined || last.atMs - first.atMs < 500) return null;
      return ((last.bytes - first.bytes) * 1_000) / (last.atMs - first.atMs);
    },
    reset: () => void (samples = []),
  };
}
