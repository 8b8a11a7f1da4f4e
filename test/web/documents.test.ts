import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { startTestService } from '../support/test-service.ts';

it('every document of the page keeps to the limits that a service has unless told otherwise', async () => {
  const file = new URL('../../src/web/generated/persisted-documents.json', import.meta.url);
  const all = Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
  // Subscriptions are not answered over HTTP; they ask for less than queries of the same things do.
  const documents = all.filter((text) => !/\bsubscription\b/.test(text));
  expect(documents.length).toBeGreaterThan(10);
  const service = await startTestService();
  const beyond: string[] = [];
  for (const query of documents) {
    // Limits come before variables, which are left out.
    const { body } = await service.post({ query });
    const error = body.errors?.find(({ extensions }) => extensions?.['code'] === 'LIMIT_EXCEEDED');
    if (error !== undefined)
      beyond.push(`${/\b(?:query|mutation|subscription) \w+/.exec(query)?.[0]}: ${error.message}`);
  }
  expect(beyond).toEqual([]);
});
