import { AsyncLocalStorage } from 'node:async_hooks';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Context } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { TracingSettings } from '../config/operating-settings.ts';
import { DomainError } from '../errors/domain-error.ts';
import { version } from '../version.ts';
import type { OpenSpan, SpanAttributes, SpanKind as Kind, Tracing } from './tracing.ts';

/**
 * Sends spans in batches. Nothing is registered for the whole process: two services in one, as in tests, keep theirs
 * apart. The SDK's own variables (OTEL_TRACES_SAMPLER, OTEL_EXPORTER_OTLP_HEADERS, OTEL_BSP_…) count as well.
 */
export function createOtlpTracing({ endpoint, serviceName }: TracingSettings): Tracing {
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    ...(timeoutVariables.every((name) => process.env[name] === undefined) && { timeoutMillis: maxExportMs }),
  });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName, 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer('mediashelf', version);
  const propagator = new W3CTraceContextPropagator();
  const current = new AsyncLocalStorage<Context>();

  function begin(name: string, kind: Kind, attributes: SpanAttributes, carrier?: Record<string, unknown>): OpenSpan {
    const parent = carrier
      ? propagator.extract(ROOT_CONTEXT, carrier, headerGetter)
      : (current.getStore() ?? ROOT_CONTEXT);
    const span = tracer.startSpan(name, { kind: kinds[kind], attributes }, parent);
    const own = trace.setSpan(parent, span);
    return {
      within: (act) => current.run(own, act),
      set: (more) => void span.setAttributes(more),
      fail(error) {
        span.setAttribute('error.type', errorType(error));
        span.setStatus({ code: SpanStatusCode.ERROR });
      },
      end: () => span.end(),
    };
  }

  return {
    begin,
    async span(name, kind, attributes, work) {
      const span = begin(name, kind, attributes);
      try {
        return await span.within(work);
      } catch (error) {
        span.fail(error);
        throw error;
      } finally {
        span.end();
      }
    },
    async close() {
      // A collector that is away must not make the stop fail.
      await provider.shutdown().catch(() => undefined);
    },
  };
}

/**
 * Timeout of an export with its retries. A process that ends waits for it where the collector is away, and the SDK's ten
 * seconds are too long for that.
 */
const maxExportMs = 3_000;
const timeoutVariables = ['OTEL_EXPORTER_OTLP_TIMEOUT', 'OTEL_EXPORTER_OTLP_TRACES_TIMEOUT'];

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL };

const headerGetter = {
  keys: (headers: Record<string, unknown>) => Object.keys(headers),
  get: (headers: Record<string, unknown>, name: string) => headers[name] as string | string[] | undefined,
};

function errorType(error: unknown): string {
  if (error instanceof DomainError) return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
