/** Nobody is signed in, or not any more. */
export class SignedOutError extends Error {
  /** Of the session in which it was asked: an answer that comes late says nothing of the one that has begun since. */
  readonly session: number;

  constructor(message: string, session: number) {
    super(message);
    this.session = session;
  }
}

/** The service does not answer (`nothing`), or something else answers in its place (`nonsense`). */
export class UnreachableError extends Error {
  readonly answer: 'nothing' | 'nonsense';

  constructor(answer: 'nothing' | 'nonsense', options?: ErrorOptions) {
    super(`the service answers ${answer}`, options);
    this.answer = answer;
  }
}

interface Refusal {
  /** Stable, such as `FORBIDDEN`. */
  code: string | null;
  /** Of HTTP. */
  status: number;
  retryAfterSeconds: number | null;
}

/** Returns the error for an answer that refuses, with how long to wait where it says so. */
export function toServiceError({ headers, status }: Response, message: string, code: string | undefined): ServiceError {
  const retryAfter = Number(headers.get('retry-after'));
  return new ServiceError(message, {
    code: code ?? null,
    status,
    retryAfterSeconds: retryAfter > 0 ? retryAfter : null,
  });
}

/** The service answered that it will not; its message is for people. */
export class ServiceError extends Error {
  readonly code: string | null;
  readonly status: number;
  readonly retryAfterSeconds: number | null;

  constructor(message: string, { code, status, retryAfterSeconds }: Refusal) {
    super(message);
    this.code = code;
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Whether the same request may succeed later. */
  get isPassing(): boolean {
    return this.status === 429 || this.status === 503;
  }

  /** Whether the service does not know what this page asks: it has another page since. */
  get isOfOldPage(): boolean {
    return this.code !== null && /^PERSISTED_QUERY_(?:NOT_|ONLY)/.test(this.code);
  }
}
