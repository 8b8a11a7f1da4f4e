import { describe, expect, it } from 'vitest';
import { startTestService } from '../../support/test-service.ts';

const page = 'https://media.example';

describe('every answer', () => {
  it('tells browsers not to guess, not to frame it and to read it from no other page', async () => {
    const service = await startTestService();
    for (const path of ['/health/live', '/graphql', '/nothing', '/media/x/stream']) {
      const { headers } = await fetch(new URL(path, service.url), { headers: { origin: page, accept: 'text/html' } });
      const told = [
        'x-content-type-options',
        'referrer-policy',
        'cross-origin-resource-policy',
        'access-control-allow-origin',
        'x-powered-by',
      ].map((name) => headers.get(name));
      expect(told).toEqual(['nosniff', 'no-referrer', 'same-site', null, null]);
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    }
  });

  it('lets nothing run, but on the page of GraphiQL', async () => {
    const service = await startTestService();
    const policyOf = async (path: string, accept: string) => {
      const { headers } = await fetch(new URL(path, service.url), { headers: { accept } });
      return headers.get('content-security-policy') ?? '';
    };
    expect(await policyOf('/graphql', 'text/html')).toMatch(/script-src [^;]*'unsafe-inline'.*frame-ancestors 'none'/);
    const others = ['/health/live', '/graphql?query={__typename}', '/nothing', '/media/x/stream', '/uploads/x'];
    for (const path of others) {
      const policy = await policyOf(path, path.startsWith('/graphql') ? 'application/json' : 'text/html');
      expect([path, policy]).toEqual([path, expect.stringMatching(/^default-src 'none';.*frame-ancestors 'none'$/)]);
      expect(policy).not.toMatch(/script-src|style-src|unsafe|blob:|connect-src/);
    }
  });

  it('may be read by pages of the configured origins, and of no others', async () => {
    const service = await startTestService({ environment: { CORS_ORIGINS: page } });
    const ask = (origin: string, method = 'GET') =>
      fetch(service.url, {
        method,
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
      });
    const preflight = await ask(page, 'OPTIONS');
    expect(preflight.headers.get('access-control-allow-origin')).toBe(page);
    expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization');
    expect(preflight.headers.has('access-control-allow-credentials')).toBe(false);
    const answer = await fetch(service.url, {
      method: 'POST',
      headers: { origin: page, 'content-type': 'application/json' },
      body: '{"query":"{ viewer { name } }"}',
    });
    expect(answer.headers.get('access-control-allow-origin')).toBe(page);
    expect((await ask('https://evil.example', 'OPTIONS')).headers.get('access-control-allow-origin')).not.toBe(
      'https://evil.example',
    );
  });
});
