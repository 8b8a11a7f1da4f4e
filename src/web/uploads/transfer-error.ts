/** What the service answered in the place of taking bytes. */
export class TransferError extends Error {
  /** Of HTTP; 0 where nothing answered. */
  readonly status: number;
  readonly retryAfterSeconds: number | null;

  constructor(message: string, status: number, retryAfterSeconds: number | null) {
    super(message);
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
