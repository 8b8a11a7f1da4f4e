import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SigningKey, SigningKeyStore } from './signing-keys.ts';

/**
 * Signs URLs for media elements, which cannot send headers. A signature holds for one path and query, for some hours:
 * whoever has the URL has the file, and cannot make another URL out of it.
 */
export interface UrlSigner {
  /** Returns the same URL for some hours, so that browsers may cache by it. */
  sign(url: string): string;
  /** Whether the path and query end with a signature of this service that has not expired. */
  verify(url: string): Promise<boolean>;
  close(): void;
}

interface UrlSignerOptions {
  store: SigningKeyStore;
  lifetimeMs: number;
  now?: () => number;
}

const reloadEveryMs = 60_000;
const keyAgeMs = 24 * 60 * 60 * 1000;

/**
 * Signs with the newest key. A new key is made each day; an old one is kept as long as a URL that it signed is good.
 */
export async function createUrlSigner({ store, lifetimeMs, now = Date.now }: UrlSignerOptions): Promise<UrlSigner> {
  let keys = await renew();
  let reloadedAt = now();
  const timer = setInterval(() => void reload(), reloadEveryMs).unref();

  async function renew(): Promise<SigningKey[]> {
    const [newest] = await store.list();
    if (newest === undefined || now() - newest.createdAt.getTime() > keyAgeMs) await store.add();
    await store.forget(new Date(now() - keyAgeMs - 2 * lifetimeMs));
    return store.list();
  }

  async function reload(): Promise<void> {
    reloadedAt = now();
    // While the database does not answer, the present keys stay in use.
    keys = await renew().catch(() => keys);
  }

  /** Reloads the keys where this one is unknown: another process may have made it a moment ago. */
  async function findKey(id: string): Promise<SigningKey | undefined> {
    const find = () => keys.find((key) => key.id === id);
    if (find() === undefined && now() - reloadedAt > 5_000) await reload();
    return find();
  }

  return {
    sign(url) {
      const [key] = keys;
      if (key === undefined) throw new Error('there is no key to sign with');
      // The end lies between one and two lifetimes from now, and is the same for all URLs of one lifetime.
      const expires = (Math.floor(now() / lifetimeMs) + 2) * lifetimeMs;
      const seconds = Math.floor(expires / 1000).toString(36);
      const separator = url.includes('?') ? '&' : '?';
      return `${url}${separator}signature=${key.id}.${seconds}.${macOf(key, seconds, url)}`;
    },

    async verify(url) {
      const [, signed, id, seconds, mac] = signature.exec(url) ?? [];
      if (signed === undefined || id === undefined || seconds === undefined || mac === undefined) return false;
      if (Number.parseInt(seconds, 36) * 1000 < now()) return false;
      const key = await findKey(id);
      return key !== undefined && timingSafeEqual(Buffer.from(mac), Buffer.from(macOf(key, seconds, signed)));
    },

    close: () => clearInterval(timer),
  };
}

const signature = /^(.+)[?&]signature=([0-9a-f]{8})\.([0-9a-z]{1,9})\.([\w-]{32})$/;

function macOf({ secret }: SigningKey, seconds: string, url: string): string {
  return createHmac('sha256', secret).update(`${seconds} ${url}`).digest('base64url').slice(0, 32);
}
