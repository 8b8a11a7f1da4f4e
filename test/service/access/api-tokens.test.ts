import { expect, it, vi } from 'vitest';
import type { DomainError } from '../../../src/base/errors/domain-error.ts';
import { createApiTokens } from '../../../src/service/access/api-tokens.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';

describeOnEachDatabase('API tokens', (open) => {
  const phone = { name: 'phone', role: 'EDITOR', expiresAt: null } as const;

  it('let in with their name and role, and are stored as a hash alone', async () => {
    const database = await open();
    const tokens = createApiTokens(database);
    expect(await tokens.exist()).toBe(false);
    const { id, token } = await tokens.create(phone);
    expect(await tokens.verify(token)).toEqual({ name: 'phone', role: 'EDITOR', source: 'TOKEN' });
    expect(await tokens.exist()).toBe(true);
    const secret = token.slice(`msf_${id}_`.length);
    expect(secret).toHaveLength(43);
    expect(JSON.stringify(await database.prisma.apiToken.findMany())).not.toContain(secret);
    expect(JSON.stringify(await tokens.list())).not.toContain('hash');
  });

  it('note roughly when they were last used', async () => {
    const tokens = createApiTokens(await open());
    const { token } = await tokens.create(phone);
    expect((await tokens.list())[0]?.lastUsedAt).toBeNull();
    await tokens.verify(token);
    expect((await tokens.list())[0]?.lastUsedAt?.getTime()).toBeCloseTo(Date.now(), -4);
  });

  it('let in also where their use cannot be noted, as on a full disk', async () => {
    const database = await open();
    const tokens = createApiTokens(database);
    const { token } = await tokens.create(phone);
    const failing = vi.spyOn(database.prisma.apiToken, 'updateMany');
    failing.mockRejectedValue(new Error('database or disk is full'));
    expect(await tokens.verify(token)).toEqual({ name: 'phone', role: 'EDITOR', source: 'TOKEN' });
    failing.mockRestore();
    await tokens.verify(token);
    expect((await tokens.list())[0]?.lastUsedAt).not.toBeNull();
  });

  it('are worth nothing when they are unknown, changed, expired or revoked', async () => {
    const tokens = createApiTokens(await open());
    const { id, token } = await tokens.create(phone);
    const other = await tokens.create({ ...phone, name: 'tablet' });
    const expired = await tokens.create({ ...phone, name: 'old phone', expiresAt: new Date(Date.now() - 1) });
    const swapped = `msf_${id}_${other.token.split('_').slice(2).join('_')}`;
    const wrong = ['', 'x', token.slice(0, -1), `${token}x`, token.toUpperCase(), swapped, expired.token];
    expect(await Promise.all(wrong.map((text) => tokens.verify(text)))).toEqual(wrong.map(() => null));
    await tokens.revoke('phone').catch(() => tokens.revoke(id));
    expect(await tokens.verify(token)).toBeNull();
    expect(await tokens.verify(other.token)).not.toBeNull();
  });

  it('are revoked by name or ID, where that is clear, and never forgotten', async () => {
    const database = await open();
    const tokens = createApiTokens(database);
    const [first, second] = [await tokens.create(phone), await tokens.create({ ...phone, name: 'other' })];
    // Earlier versions let two have one name.
    await database.prisma.apiToken.update({ where: { id: second.id }, data: { name: 'phone' } });
    await expect(tokens.revoke('phone')).rejects.toMatchObject({ code: 'AMBIGUOUS_TOKEN' });
    await tokens.revoke(first.id);
    expect((await tokens.revoke('phone')).id).toBe(second.id);
    await expect(tokens.revoke('phone')).rejects.toMatchObject({ code: 'TOKEN_NOT_FOUND' });
    expect(await tokens.list()).toHaveLength(2);
    expect(await tokens.exist()).toBe(true);
  });

  it('have a name of their own, which is free again when its token is revoked', async () => {
    const tokens = createApiTokens(await open());
    const { id } = await tokens.create({ ...phone, expiresAt: new Date(Date.now() - 1) });
    await expect(tokens.create(phone)).rejects.toMatchObject({
      code: 'TOKEN_NAME_TAKEN',
      message: expect.stringContaining(`mediashelf token revoke ${id}`),
    });
    expect(await tokens.list()).toHaveLength(1);
    await tokens.revoke('phone');
    await tokens.create(phone);
    expect((await tokens.list()).map(({ name }) => name)).toEqual(['phone', 'phone']);
  });

  it('have a name of their own also where several processes create them at one moment', async () => {
    const processes = [createApiTokens(await open()), createApiTokens(await open())];
    const created = await Promise.allSettled(Array.from({ length: 6 }, (_, n) => processes[n % 2]!.create(phone)));
    const refused = created
      .filter((one) => one.status === 'rejected')
      .map(({ reason }) => (reason as DomainError).code);
    expect(refused).toEqual(Array.from({ length: 5 }, () => 'TOKEN_NAME_TAKEN'));
    expect(await processes[0]!.list()).toHaveLength(1);
  });
});
