import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { spawnSync } from 'node:child_process';
import { expect, it, onTestFinished, vi } from 'vitest';
import { compiledPath } from '../../support/compile-sources.ts';
import { startTestService } from '../../support/test-service.ts';

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  attributes: { key: string; value: Record<string, unknown> }[];
  status: { code?: number };
}
interface Export {
  resourceSpans: { resource: { attributes: Span['attributes'] }; scopeSpans: { spans: Span[] }[] }[];
}

/** Keeps what it is sent. */
async function startCollector() {
  const exports: Export[] = [];
  const paths: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url);
    void json(request).then((body) => {
      exports.push(body as Export);
      response.setHeader('content-type', 'application/json').end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const spans = () =>
    exports.flatMap(({ resourceSpans }) =>
      resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)),
    );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, exports, paths, spans };
}

/** Answers all with 404, and keeps the headers. */
async function startUpstream() {
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const attributesOf = ({ attributes }: Pick<Span, 'attributes'>) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

it('a request, its operation, the root fields, jobs and requests to copyparty are one tree, under the trace of the caller', async () => {
  const [collector, upstream] = [await startCollector(), await startUpstream()];
  const service = await startTestService({
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_SERVICE_NAME: 'shelf',
      COPYPARTY_URL: upstream.url,
    },
  });
  await service.writeFiles('movies', ['secret-name.mp4']);
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
  const started = await service.post(
    { query: 'mutation Scan { scanMedia(input: {}) { ... on ScanJob { id } } }' },
    { traceparent },
  );
  expect(started.body.errors).toBeUndefined();
  await service.post(
    {
      query:
        'query Status($x: String) { serviceStatus { copyparty { state } } media(filter: { search: $x }) { totalCount } }',
      variables: { x: 'secret-variable' },
    },
    { traceparent },
  );
  const [item] = await vi.waitUntil(async () => {
    const { body } = await service.post({ query: '{ media { edges { node { id } } } }' });
    const { edges } = (body.data as { media: { edges: { node: { id: string } }[] } }).media;
    return edges.length > 0 && edges;
  });
  await (await fetch(new URL(`/media/${item?.node.id}/stream`, service.url))).arrayBuffer();
  await fetch(new URL('/health/live', service.url));
  await service.close();

  const spans = collector.spans();
  const named = (name: string) => spans.filter((span) => span.name === name);
  const operation = named('query Status')[0] as Span;
  const server = spans.find(({ spanId }) => spanId === operation.parentSpanId) as Span;
  expect([server.name, server.kind, server.traceId, server.parentSpanId]).toEqual([
    'POST /graphql',
    2,
    traceId,
    'b7ad6b7169203331',
  ]);
  expect(attributesOf(server)).toMatchObject({ 'http.route': '/graphql', 'http.response.status_code': 200 });
  expect(named('resolve serviceStatus')[0]).toMatchObject({ traceId, parentSpanId: operation.spanId });
  expect(named('resolve media').map(({ traceId }) => traceId)).toContain(traceId);
  expect(named('job SCAN')[0]).toMatchObject({ traceId });
  const asked = spans.filter(({ name }) => name.startsWith('copyparty '));
  expect(asked.length).toBeGreaterThan(0);
  expect(named('GET /media/:id/stream')).toHaveLength(1);
  expect(spans.filter(({ name }) => name.includes('health'))).toEqual([]);
  expect(new Set(collector.paths)).toEqual(new Set(['/v1/traces']));
  expect(attributesOf(collector.exports[0]?.resourceSpans[0]?.resource ?? { attributes: [] })).toMatchObject({
    'service.name': 'shelf',
  });
  // Neither names nor variables are sent, and nothing of the client's goes to copyparty.
  expect(JSON.stringify(collector.exports)).not.toMatch(/secret-/);
  expect(upstream.seen.length).toBeGreaterThan(0);
  for (const headers of upstream.seen) expect(Object.keys(headers).join()).not.toMatch(/trace|baggage/);
});

it('a collector that is away harms nobody', async () => {
  const service = await startTestService({ environment: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' } });
  expect((await service.post({ query: '{ viewer { name } }' })).status).toBe(200);
  const closedAt = performance.now();
  await service.close();
  expect(performance.now() - closedAt).toBeLessThan(60_000);
});

it('without a collector, nothing of OpenTelemetry but its interface is loaded', () => {
  const app = compiledPath(new URL('../../../src/service/service.ts', import.meta.url));
  const script = `
    const { createRequire, register } = await import('node:module');
    await import(${JSON.stringify(app)});
    const { openObservability } = await import(${JSON.stringify(app.replace('service/service.js', 'base/observability/open-observability.js'))});
    await openObservability({ metrics: true, tracing: null });
    const loaded = Object.keys(createRequire(import.meta.url).cache ?? {});
    console.log(JSON.stringify(loaded.filter((path) => /@opentelemetry.(sdk|exporter|otlp|core|resources)/.test(path))));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect([stdout.trim(), stderr]).toEqual(['[]', '']);
});
