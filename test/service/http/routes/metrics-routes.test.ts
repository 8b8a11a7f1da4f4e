import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import { createApiTokens } from '../../../../src/service/access/api-tokens.ts';
import { createNameLimit } from '../../../../src/base/observability/metrics.ts';
import { startTestService, type TestService } from '../../../support/test-service.ts';

const read = async (service: TestService, headers: Record<string, string> = {}) => {
  const response = await fetch(new URL('/metrics', service.url), { headers });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/plain/)]);
  return response.text();
};
const valueOf = (text: string, series: string): number => {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${series} `));
  return line === undefined ? Number.NaN : Number(line.slice(series.length + 1));
};

describe('/metrics', () => {
  it('tells of requests, bytes, operations, jobs and the process', async () => {
    const service = await startTestService();
    await writeFile(join(service.category('movies').rootPath, 'film.mp4'), Buffer.alloc(100_000, 7));
    const { jobs, scanner } = service.app;
    await jobs.waitFor((await scanner.start({})).id);
    const { body } = await service.post({ query: 'query Films { media { edges { node { id streamUrl } } } }' });
    const [edge] = (body.data as { media: { edges: { node: { streamUrl: string } }[] } }).media.edges;
    const stream = await fetch(new URL(edge?.node.streamUrl ?? '', service.url), {
      headers: { range: 'bytes=0-49999' },
    });
    await stream.arrayBuffer();
    await service.post({ query: 'query Gone { node(id: "nonsense") { id } }' });
    await fetch(new URL('/nothing/here?x=1', service.url));
    await expect.poll(() => read(service)).toContain('route="none"');

    const text = await read(service);
    const request = 'mediashelf_http_request_duration_seconds_count';
    expect(valueOf(text, `${request}{method="GET",route="/media/:id/stream",status="206"}`)).toBe(1);
    expect(valueOf(text, `${request}{method="GET",route="none",status="404"}`)).toBe(1);
    expect(valueOf(text, 'mediashelf_http_sent_bytes_total{route="/media/:id/stream"}')).toBe(50_000);
    const operation = 'mediashelf_graphql_operation_duration_seconds_count';
    expect(valueOf(text, `${operation}{name="Films",kind="query",outcome="ok"}`)).toBe(1);
    expect(valueOf(text, `${operation}{name="Gone",kind="query",outcome="refused"}`)).toBe(1);
    expect(valueOf(text, 'mediashelf_jobs_ended_total{kind="SCAN",status="SUCCEEDED"}')).toBe(1);
    expect(valueOf(text, 'mediashelf_job_last_duration_seconds{kind="SCAN"}')).toBeGreaterThan(0);
    expect(valueOf(text, 'mediashelf_worker_threads')).toBeGreaterThanOrEqual(2);
    expect(valueOf(text, 'mediashelf_worker_queue')).toBe(0);
    expect(valueOf(text, 'mediashelf_under_way{what="archives"}')).toBe(0);
    expect(valueOf(text, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
    expect(valueOf(text, 'process_resident_memory_bytes')).toBeGreaterThan(1e7);
    // Neither ids nor what a client has put into its URL.
    expect(text).not.toMatch(/nothing|nonsense|x=1/);
  });

  it('tells how copyparty answers, and that it does not', async () => {
    const service = await startTestService({
      environment: { COPYPARTY_URL: 'http://127.0.0.1:9', COPYPARTY_CONNECT_TIMEOUT_MS: '500' },
    });
    await service.post({ query: '{ serviceStatus { copyparty { state } } }' });
    const text = await read(service);
    expect(text).toMatch(
      /mediashelf_upstream_request_duration_seconds_count\{method="\w+",outcome="UPSTREAM_UNREACHABLE"\} [1-9]/,
    );
  });

  it('is for administrators, and for who has its token, which is good for nothing else', async () => {
    const token = 'the-token-of-prometheus';
    const service = await startTestService({ environment: { METRICS_TOKEN: token } });
    const tokens = createApiTokens(service.app.database);
    const admin = await tokens.create({ name: 'me', role: 'ADMIN', expiresAt: null });
    const viewer = await tokens.create({ name: 'tv', role: 'VIEWER', expiresAt: null });
    await vi.waitUntil(async () => !(await service.app.access.isOpen()), { timeout: 60_000 });
    const statusFor = async (path: string, bearer: string) =>
      (await fetch(new URL(path, service.url), { headers: { authorization: `Bearer ${bearer}` } })).status;
    expect((await fetch(new URL('/metrics', service.url))).status).toBe(401);
    expect(await statusFor('/metrics', viewer.token)).toBe(403);
    expect(await statusFor('/metrics', `${token}x`)).toBe(401);
    expect(await statusFor('/metrics', admin.token)).toBe(200);
    expect(await statusFor('/metrics', token)).toBe(200);
    expect(await statusFor('/archive?id=x', token)).toBe(401);
  });

  it('is not there where it is switched off', async () => {
    const service = await startTestService({ environment: { METRICS: 'off' } });
    expect((await fetch(new URL('/metrics', service.url))).status).toBe(404);
  });
});

it('the names of operations are few, whatever clients send', () => {
  const nameOf = createNameLimit(2);
  expect([null, 'A', 'B', 'C', 'A', 'x'.repeat(99)].map(nameOf)).toEqual([
    'anonymous',
    'A',
    'B',
    'other',
    'A',
    'other',
  ]);
});
