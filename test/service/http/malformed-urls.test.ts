import { expect, it } from 'vitest';
import { startTestService } from '../../support/test-service.ts';

it.each([
  ['/archive/movies/%ff', 400, 'FST_ERR_BAD_URL'],
  [`/media/${'A'.repeat(600)}/stream`, 414, 'FST_ERR_MAX_PARAM_LENGTH'],
])(
  'a URL that leads to no route, however it is wrong, is told of in a problem document: %s',
  async (path, status, code) => {
    const service = await startTestService();
    const response = await fetch(service.url.replace('/graphql', path));
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toMatchObject({
      status,
      code,
      detail: expect.any(String),
      title: expect.any(String),
    });
  },
);
