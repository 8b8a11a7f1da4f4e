import { describe, expect, it, onTestFinished } from 'vitest';
import type { SigningKey, SigningKeyStore } from '../../../src/service/access/signing-keys.ts';
import { createSigningKeyStore } from '../../../src/service/access/signing-keys.ts';
import { createUrlSigner } from '../../../src/service/access/url-signer.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';

const hourMs = 3_600_000;
const url = '/media/abc/thumbnail?size=small&v=1';

/** Keys in memory, and a clock. */
async function openSigner(keys: SigningKey[] = []) {
  const clock = { now: Date.UTC(2026, 0, 1, 1) };
  const store: SigningKeyStore = {
    list: async () => keys.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime()),
    add: async () => {
      const number = String(keys.length + 1).padStart(8, '0');
      keys.push({ id: number, secret: Buffer.from(`secret ${number}`), createdAt: new Date(clock.now) });
    },
    forget: async (before) => void keys.splice(0, keys.length, ...keys.filter(({ createdAt }) => createdAt >= before)),
  };
  const start = async () => {
    const signer = await createUrlSigner({ store, lifetimeMs: 12 * hourMs, now: () => clock.now });
    onTestFinished(() => signer.close());
    return signer;
  };
  return { clock, keys, start };
}

describe('a signed URL', () => {
  it('lets in by itself, and by nothing else', async () => {
    const signer = await (await openSigner()).start();
    const signed = signer.sign(url);
    expect(await signer.verify(signed)).toBe(true);
    const others = [
      url,
      signed.replace('abc', 'abd'),
      signed.replace('small', 'large'),
      signed.replace('thumbnail', 'stream'),
      `${signed}&x=1`,
      `${signed.slice(0, -1)}${signed.endsWith('A') ? 'B' : 'A'}`,
      signed.replace(/(signature=\w+\.)\w+/, '$1zzzzzzz'),
      signed.replace(/signature=\w+/, 'signature=ffffffff'),
      `/x?signature=${signed.split('signature=')[1]}`,
    ];
    const verified = await Promise.all(others.map((other) => signer.verify(other)));
    expect(verified).toEqual(others.map(() => false));
  });

  it('is the same for hours, so that a browser may keep what it got', async () => {
    const { clock, start } = await openSigner();
    const signer = await start();
    const signed = signer.sign('/a');
    clock.now += 10 * hourMs;
    expect(signer.sign('/a')).toBe(signed);
    clock.now += 2 * hourMs;
    expect(signer.sign('/a')).not.toBe(signed);
  });

  it('is good for at least its lifetime, and not for twice as long', async () => {
    const { clock, start } = await openSigner();
    const signer = await start();
    const signed = signer.sign('/a');
    clock.now += 12 * hourMs;
    expect(await signer.verify(signed)).toBe(true);
    clock.now += 12 * hourMs;
    expect(await signer.verify(signed)).toBe(false);
  });

  it('stays good when the key changes, also in another process', async () => {
    const { clock, keys, start } = await openSigner();
    const old = await start();
    clock.now += 23 * hourMs;
    const signed = old.sign('/a');
    clock.now += 2 * hourMs;
    const later = await start();
    expect(keys).toHaveLength(2);
    expect(await later.verify(signed)).toBe(true);
    const signedLater = later.sign('/a');
    expect(await old.verify(signedLater)).toBe(true);
    clock.now += 60 * hourMs;
    await start();
    expect(keys.map(({ id }) => id)).not.toContain('00000001');
  });
});

describeOnEachDatabase('the keys of signed URLs', (open) => {
  it('are shared by all who use the database', async () => {
    const database = await open();
    const options = { store: createSigningKeyStore(database), lifetimeMs: hourMs };
    const [one, two] = [await createUrlSigner(options), await createUrlSigner(options)];
    expect(await two.verify(one.sign('/a?b'))).toBe(true);
    expect(await database.prisma.urlSigningKey.count()).toBe(1);
    one.close();
    two.close();
  });
});
