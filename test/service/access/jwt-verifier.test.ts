import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createJwtVerifier } from '../../../src/service/access/jwt-verifier.ts';

const secret = 'a secret of more than thirty-two characters';
const key = new TextEncoder().encode(secret);
const settings = { key: { secret }, algorithm: 'HS256', roleClaim: 'role' };

const sign = (claims: JWTPayload, alg = 'HS256', expires: string | number = '1h') =>
  new SignJWT(claims).setProtectedHeader({ alg }).setSubject('ann').setExpirationTime(expires).sign(key);

describe('a JSON web token', () => {
  it('names its user and the role', async () => {
    const verify = createJwtVerifier(settings);
    expect(await verify(await sign({ role: 'editor' }))).toEqual({ name: 'ann', role: 'EDITOR', source: 'JWT' });
    expect(await verify(await sign({ role: ['x', 'VIEWER', 'admin'], preferred_username: 'Ann' }))).toEqual({
      name: 'Ann',
      role: 'ADMIN',
      source: 'JWT',
    });
  });

  it('may have the roles further down, or under a name with dots', async () => {
    const nested = createJwtVerifier({ ...settings, roleClaim: 'realm_access.roles' });
    expect((await nested(await sign({ realm_access: { roles: ['viewer'] } }))).role).toBe('VIEWER');
    const url = createJwtVerifier({ ...settings, roleClaim: 'https://media.example/role' });
    expect((await url(await sign({ 'https://media.example/role': 'admin' }))).role).toBe('ADMIN');
    for (const claims of [
      {},
      { realm_access: null },
      { realm_access: { roles: 7 } },
      { realm_access: { roles: ['x'] } },
    ]) {
      await expect(nested(await sign(claims))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    }
  });

  it.each<[string, () => Promise<string>]>([
    ['has expired', () => sign({ role: 'admin' }, 'HS256', Math.floor(Date.now() / 1000) - 60)],
    ['is signed in another way', () => sign({ role: 'admin' }, 'HS512')],
    ['is not signed', async () => new UnsecuredJWT({ role: 'admin' }).setExpirationTime('1h').encode()],
    ['has no end', () => new SignJWT({ role: 'admin' }).setProtectedHeader({ alg: 'HS256' }).sign(key)],
    ['is none', async () => 'abc'],
    ['was changed', async () => `${(await sign({ role: 'admin' })).slice(0, -4)}AAAA`],
    ['comes from another issuer', () => sign({ role: 'admin', iss: 'https://evil.example', aud: 'mediashelf' })],
    ['is meant for another service', () => sign({ role: 'admin', iss: 'https://id.example', aud: 'other' })],
  ])('that %s is worth nothing', async (_, make) => {
    const verify = createJwtVerifier({ ...settings, issuer: 'https://id.example', audience: 'mediashelf' });
    const right = await sign({ role: 'admin', iss: 'https://id.example', aud: ['x', 'mediashelf'] });
    expect((await verify(right)).role).toBe('ADMIN');
    await expect(verify(await make())).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('is checked with the public keys of its issuer, and not with these as a secret', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' };
    const server = createServer((_, response) => response.end(JSON.stringify({ keys: [jwk] })));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const verify = createJwtVerifier({ key: { jwksUrl }, algorithm: 'RS256', roleClaim: 'role' });
    const token = new SignJWT({ role: 'viewer', sub: 'ann' }).setExpirationTime('1h');
    expect((await verify(await token.setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(privateKey))).name).toBe(
      'ann',
    );
    const forged = await new SignJWT({ role: 'admin' })
      .setProtectedHeader({ alg: 'HS256', kid: 'one' })
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(JSON.stringify(jwk)));
    await expect(verify(forged)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it.each([
    ['fails', (response: ServerResponse) => response.writeHead(500).end()],
    ['answers with a page', (response: ServerResponse) => response.end('<html>')],
    ['answers without keys', (response: ServerResponse) => response.end('{}')],
    ['hangs up', (response: ServerResponse) => response.destroy()],
  ])('is not said to be wrong while its issuer %s', async (_, answer) => {
    const { privateKey } = await generateKeyPair('RS256');
    const server = createServer((_request, response) => void answer(response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const verify = createJwtVerifier({ key: { jwksUrl }, algorithm: 'RS256', roleClaim: 'role' });
    const token = new SignJWT({ role: 'viewer', sub: 'ann' }).setExpirationTime('1h');
    const signed = await token.setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(privateKey);
    await expect(verify(signed)).rejects.toMatchObject({
      code: 'SERVICE_BUSY',
      message: "The keys of the tokens' issuer cannot be fetched. Try again in 5 seconds.",
    });
  });
});
