import { expect, it } from 'vitest';
import { createApiTokens } from '../../../src/service/access/api-tokens.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { startTestService } from '../../support/test-service.ts';

const Create = `mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) {
  __typename ... on CreatedApiToken { token apiToken { id name role expiresAt } } ... on Error { code message }
} }`;
const Revoke = `mutation ($id: ID!) { revokeApiToken(id: $id) {
  __typename ... on ApiToken { name revokedAt } ... on Error { code }
} }`;
const List = '{ apiTokens { id name role createdAt expiresAt revokedAt lastUsedAt } viewer { name role } }';

describeOnEachDatabase('API tokens by GraphQL', (open) => {
  it('are made, listed without their text, and revoked by administrators', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    let token = '';
    const ask = async (query: string, variables: object = {}) => {
      const headers: Record<string, string> = token === '' ? {} : { authorization: `Bearer ${token}` };
      return (await service.post({ query, variables }, headers)).body;
    };
    const create = async (input: object) => {
      const { data } = await ask(Create, { input });
      return (data as { createApiToken: { __typename: string; token: string; apiToken: { id: string } } }).createApiToken;
    };
    // Whoever comes to an open service is not to shut its owner out.
    expect(await create({ name: 'first', role: 'ADMIN' })).toMatchObject({ code: 'INVALID_INPUT' });
    const first = await createApiTokens(service.app.database).create({ name: 'first', role: 'ADMIN', expiresAt: null });
    token = first.token;
    await expect.poll(async () => (await ask(List)).errors).toBeUndefined();
    const me = await create({ name: ' me ', role: 'ADMIN' });
    expect(me).toEqual({
      __typename: 'CreatedApiToken',
      token: expect.any(String),
      apiToken: { id: expect.any(String), name: 'me', role: 'ADMIN', expiresAt: null },
    });
    token = me.token;
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const tv = await create({ name: 'tv', role: 'VIEWER', expiresAt });
    expect(tv.apiToken).toMatchObject({ role: 'VIEWER', expiresAt });
    expect(await create({ name: 'tv', role: 'ADMIN' })).toMatchObject({ code: 'TOKEN_NAME_TAKEN' });
    for (const wrong of [{ name: ' ' }, { name: 'a\0b' }, { name: 'x'.repeat(101) }, { expiresAt: '2020-01-01T00:00:00Z' }]) {
      expect(await create({ name: 'n', role: 'VIEWER', ...wrong })).toMatchObject({ code: 'INVALID_INPUT' });
    }

    const listed = await ask(List);
    expect(listed.data).toMatchObject({
      apiTokens: [{ name: 'first' }, { name: 'me', revokedAt: null }, { id: tv.apiToken.id, name: 'tv', expiresAt }],
      viewer: { name: 'me', role: 'ADMIN' },
    });
    expect(await ask(Revoke, { id: 'tv' })).toMatchObject({ data: { revokeApiToken: { revokedAt: expect.any(String) } } });
    for (const id of ['tv', 'nobody', 'a\0b', 'x'.repeat(500)]) {
      expect(await ask(Revoke, { id })).toEqual({
        data: { revokeApiToken: { __typename: 'TokenNotFoundError', code: 'TOKEN_NOT_FOUND' } },
      });
    }

    token = tv.token;
    expect((await ask(List)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    const kept = JSON.stringify([service.logged, listed, await service.app.database.prisma.apiToken.findMany()]);
    for (const { token: text } of [me, tv]) expect(kept).not.toContain(text);
  });
});
