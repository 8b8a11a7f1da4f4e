/** What the service answered in the place of taking bytes. */
export class TransferError extends Error {
  /** Of HTTP; 0 where nothing answered. */
  readonly status: number;
  readonly retryAfterSeconds: number | null;
  /** What the service calls it; null where something else answered. */
  readonly code: string | null;

  constructor(message: string, status: number, retryAfterSeconds: number | null, code: string | null = null) {
    super(message);
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
    this.code = code;
  }
}
