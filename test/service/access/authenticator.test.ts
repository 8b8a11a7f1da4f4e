import { describe, expect, it } from 'vitest';
import { UnauthenticatedError } from '../../../src/service/access/access-errors.ts';
import { createAuthenticator } from '../../../src/service/access/authenticator.ts';
import type { Principal } from '../../../src/service/access/principal.ts';
import { createIdentityProxyReader } from '../../../src/service/access/identity-proxy-reader.ts';

const phone: Principal = { name: 'phone', role: 'VIEWER', source: 'TOKEN' };
const ann: Principal = { name: 'ann', role: 'EDITOR', source: 'JWT' };
const token = `msf_${'0'.repeat(12)}_${'x'.repeat(43)}`;

type Options = Parameters<typeof createAuthenticator>[0];

function open(options: Partial<Options> = {}, hasTokens = true) {
  const authenticator = createAuthenticator({
    tokens: { verify: async (given) => (given === token ? phone : null), exist: async () => hasTokens },
    verifyJwt: null,
    readIdentityProxy: null,
    attemptsPerMinute: 3,
    ...options,
  });
  return {
    ...authenticator,
    ask: (headers: Record<string, string> = {}, peerAddress = '192.0.2.1', clientAddress = peerAddress) =>
      authenticator.authenticate({ headers, peerAddress, clientAddress }),
  };
}

describe('whoever sends a request', () => {
  it('is known by a token, and nobody without', async () => {
    const { ask, isOpen } = open();
    expect(await isOpen()).toBe(false);
    expect(await ask({ authorization: `Bearer ${token}` })).toBe(phone);
    expect(await ask({ authorization: `bearer  ${token}` })).toBe(phone);
    expect(await ask()).toBeNull();
    for (const authorization of ['Bearer', 'Basic c2VjcmV0', token, 'Bearer a b', `Bearer ${token}x`]) {
      await expect(ask({ authorization })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    }
  });

  it('is known by a JSON web token, beside the tokens of the service', async () => {
    const verifyJwt = async (given: string) => {
      if (given !== 'a.b.c') throw new UnauthenticatedError('no');
      return ann;
    };
    const { ask } = open({ verifyJwt });
    expect(await ask({ authorization: 'Bearer a.b.c' })).toBe(ann);
    expect(await ask({ authorization: `Bearer ${token}` })).toBe(phone);
  });

  it('is everybody while nothing is configured, under the names of this machine', async () => {
    const { ask, isOpen } = open({}, false);
    expect(await isOpen()).toBe(true);
    for (const host of ['localhost:4000', '127.0.0.1', '[::1]:4000', 'LOCALHOST']) {
      expect(await ask({ host })).toMatchObject({ role: 'ADMIN', source: 'OPEN' });
    }
    for (const host of ['evil.example:4000', 'localhost.evil.example', '10.0.0.1', '127.0.0.1.evil.example']) {
      await expect(ask({ host })).rejects.toMatchObject({ code: 'UNKNOWN_HOST' });
    }
    expect(await open({ verifyJwt: async () => ann }, false).isOpen()).toBe(false);
    expect(await open({ verifyJwt: async () => ann }, false).ask()).toBeNull();
  });

  it('may send so many wrong tokens, each address for itself; a right one gets through', async () => {
    const { ask } = open();
    const wrong = { authorization: 'Bearer wrong' };
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(ask(wrong)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    }
    await expect(ask(wrong)).rejects.toMatchObject({
      code: 'TOO_MANY_ATTEMPTS',
      retryAfterSeconds: expect.any(Number),
    });
    await expect(ask(wrong, '192.0.2.2')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await ask({ authorization: `Bearer ${token}` })).toBe(phone);
  });

  it('is known by the headers of a trusted proxy, and by those of nobody else', async () => {
    const readIdentityProxy = createIdentityProxyReader({
      addresses: ['10.0.0.1', '172.16.0.0/12', 'fd00::/8'],
      userHeader: 'remote-user',
      rolesHeader: 'remote-groups',
    });
    const { ask, isOpen } = open({ readIdentityProxy }, false);
    expect(await isOpen()).toBe(false);
    const headers = { 'remote-user': 'bob', 'remote-groups': 'family, Editor,viewer' };
    for (const address of ['10.0.0.1', '::ffff:10.0.0.1', '172.20.1.2', 'fd12::1']) {
      expect(await ask(headers, address)).toEqual({ name: 'bob', role: 'EDITOR', source: 'PROXY' });
    }
    for (const address of ['10.0.0.2', '::1', '192.0.2.1', '']) expect(await ask(headers, address)).toBeNull();
    expect(await ask({ 'remote-user': 'bob', 'remote-groups': 'family' }, '10.0.0.1')).toBeNull();
    expect(await ask({ 'remote-groups': 'admin' }, '10.0.0.1')).toBeNull();
  });

  it.each<[string, string, string | null]>([
    ['commas', 'family,Sysops', 'ADMIN'],
    ['pipes', 'family|crew', 'EDITOR'],
    ['semicolons', 'other; crew', 'EDITOR'],
    ['quotes', '"The Family", "other"', 'VIEWER'],
    ['JSON', '["other","The Family"]', 'VIEWER'],
    ['a JSON list of one name with a comma', '["crew, old"]', null],
    ['spaces, where all words are groups', 'crew viewer', 'EDITOR'],
    ['a path', '/crew', 'EDITOR'],
    ['the path of another group', '/wiki/admin', null],
    ['distinguished names', 'cn=old,ou=groups,dc=x|CN=Staff,ou=groups,dc=x', 'ADMIN'],
    ['UTF-8', Buffer.from('Freundschaft,Gäste').toString('latin1'), 'VIEWER'],
    ['Latin-1', 'Gäste', 'VIEWER'],
    ['a name of several words', 'wiki admin', null],
    ['nothing', '', null],
  ])('has the role of a group, in a list with %s', async (_what, groups, role) => {
    const readIdentityProxy = createIdentityProxyReader(
      { addresses: ['10.0.0.1'], userHeader: 'remote-user', rolesHeader: 'remote-groups' },
      { VIEWER: ['the family', 'gäste'], EDITOR: ['crew'], ADMIN: ['sysops', 'cn=staff,ou=groups,dc=x'] },
    );
    const name = Buffer.from('Jürgen Łukasz').toString('latin1');
    const headers = { 'remote-user': name, 'remote-groups': groups };
    const expected = role && { name: 'Jürgen Łukasz', role, source: 'PROXY' };
    expect(await open({ readIdentityProxy }).ask(headers, '10.0.0.1')).toEqual(expected);
  });
});

describe('a session cookie', () => {
  const cookie = `theme=dark; mediashelf=${token}`;
  const proxy = { addresses: ['10.0.0.1'], userHeader: 'remote-user', rolesHeader: 'remote-groups' };
  const bob = { 'remote-user': 'bob', 'remote-groups': 'editor' };

  it('names whom the token in it names, and is known for a session', async () => {
    const { ask } = open();
    expect(await ask({ cookie })).toEqual({ ...phone, isSession: true });
    expect(await ask({ cookie: 'theme=dark' })).toBeNull();
    const withJwt = open({ verifyJwt: async () => ann });
    expect(await withJwt.ask({ cookie: 'mediashelf=a.b.c' })).toEqual({ ...ann, isSession: true });
  });

  it.each(['mediashelf=stale', 'mediashelf=%00', `mediashelf=${'x'.repeat(60_000)}`, 'mediashelf=a; mediashelf=b'])(
    'does not matter beside a token, an identity, or while the service is open: %#',
    async (given) => {
      const { ask } = open({ readIdentityProxy: createIdentityProxyReader(proxy) });
      expect(await ask({ cookie: given, authorization: `Bearer ${token}` })).toBe(phone);
      expect(await ask({ ...bob, cookie: given }, '10.0.0.1')).toMatchObject({ name: 'bob', source: 'PROXY' });
      expect(await open({}, false).ask({ cookie: given, host: 'localhost' })).toMatchObject({ source: 'OPEN' });
      await expect(ask({ cookie, authorization: 'Bearer wrong' })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    },
  );

  it('that ended does not lock its user out, and each other wrong one counts', async () => {
    const { ask, signIn } = open();
    const stale = Array.from({ length: 9 }, () => ask({ cookie: 'mediashelf=stale' }));
    for (const { reason } of (await Promise.allSettled(stale)) as PromiseRejectedResult[]) {
      expect(reason).toMatchObject({ code: 'SESSION_ENDED', httpStatus: 401 });
    }
    for (const guess of ['a', 'b']) {
      await expect(ask({ cookie: `mediashelf=${guess}` })).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    }
    for (const guess of ['c', 'd', 'c']) {
      await expect(ask({ cookie: `mediashelf=${guess}` })).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    }
    await expect(ask({ cookie: 'mediashelf=stale' })).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    const from = { headers: {}, peerAddress: '192.0.2.1', clientAddress: '192.0.2.1' };
    await expect(signIn('wrong', from)).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    expect(await signIn(token, from)).toEqual({ token, principal: phone, expiresAt: null });
  });

  it('is not given where callers come in without a token', async () => {
    const from = { headers: {}, peerAddress: '10.0.0.1', clientAddress: '10.0.0.1' };
    const code = 'NOTHING_TO_SIGN_IN_TO';
    await expect(open({}, false).signIn(token, from)).rejects.toMatchObject({ code });
    const behind = open({ readIdentityProxy: createIdentityProxyReader(proxy) });
    await expect(behind.signIn(token, { ...from, headers: bob })).rejects.toMatchObject({ code });
    expect(await behind.signIn(token, from)).toMatchObject({ principal: phone });
    const alone = open({ readIdentityProxy: createIdentityProxyReader(proxy) }, false);
    await expect(alone.signIn(token, from)).rejects.toMatchObject({ code });
  });
});
