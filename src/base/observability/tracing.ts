export type SpanAttributes = Record<string, string | number | boolean>;

/** A piece of work that goes on after the call that began it. */
export interface OpenSpan {
  /** Calls the function so that whatever it begins, now or later, belongs to this span. */
  within<T>(act: () => T): T;
  set(attributes: SpanAttributes): void;
  /** Marks the work as failed. Only the code or the class of the error is sent: its message may hold anything. */
  fail(error: unknown): void;
  end(): void;
}

export type SpanKind = 'server' | 'client' | 'internal';

/** Reports where the time went to a collector of OpenTelemetry traces. */
export interface Tracing {
  /** Begins a span. `carrier` holds the caller's headers, of which the W3C's traceparent and tracestate are read. */
  begin(name: string, kind: SpanKind, attributes: SpanAttributes, carrier?: Record<string, unknown>): OpenSpan;
  /** Does the work within a span that lasts as long. */
  span<T>(name: string, kind: SpanKind, attributes: SpanAttributes, work: () => Promise<T>): Promise<T>;
  /** Sends the spans that are left. */
  close(): Promise<void>;
}
