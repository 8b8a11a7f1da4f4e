import type { UploadSummary } from './entry.ts';

/** The queue as it is seen now. */
export interface QueueView {
  summary: UploadSummary;
  /** Bytes a second; null while it is not known. */
  rate: number | null;
  isPaused: boolean;
  /** What holds everything up. */
  trouble: string | null;
  /** How many files were found so far by looking through folders; null while nobody looks. */
  walked: number | null;
}
