export type SpanAttributes = Record<string, string | number | boolean>;

/** A piece of work that goes on after the call that began it. */
export interface OpenSpan {
  /** Calls the function so that whatever it begins, now or later, belongs to this span. */
  within<T>(act: () => T): T;
  set(attributes: SpanAttributes): void;
  /** Marks the span as failed. Only the code or the class of the error is recorded: its message may hold anything. */
  fail(error: unknown): void;
  end(): void;
}

export type SpanKind = 'server' | 'client' | 'internal';

/** Where the time went, for a collector of OpenTelemetry traces. */
export interface Tracing {
  /** `carrier` are the headers of whoever calls, of which the W3C's traceparent and tracestate are read. */
  begin(name: string, kind: SpanKind, attributes: SpanAttributes, carrier?: Record<string, unknown>): OpenSpan;
  /** A span as long as the work. */
  span<T>(name: string, kind: SpanKind, attributes: SpanAttributes, work: () => Promise<T>): Promise<T>;
  /** Sends what is left. */
  close(): Promise<void>;
}
