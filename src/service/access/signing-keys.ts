import { randomBytes } from 'node:crypto';
import type { Database } from '../../base/database/database.ts';

export interface SigningKey {
  id: string;
  secret: Buffer;
  createdAt: Date;
}

/** The keys of signed URLs, newest first, shared by all processes on one database. */
export interface SigningKeyStore {
  list(): Promise<SigningKey[]>;
  add(): Promise<void>;
  /** Deletes the keys that were made before that moment. */
  forget(before: Date): Promise<void>;
}

export function createSigningKeyStore({ prisma }: Pick<Database, 'prisma'>): SigningKeyStore {
  return {
    async list() {
      const rows = await prisma.urlSigningKey.findMany({ orderBy: [{ createdAt: 'desc' }, { id: 'asc' }] });
      return rows.map(({ id, secret, createdAt }) => ({ id, secret: Buffer.from(secret, 'base64url'), createdAt }));
    },
    async add() {
      const data = { id: randomBytes(4).toString('hex'), secret: randomBytes(32).toString('base64url') };
      await prisma.urlSigningKey.create({ data });
    },
    async forget(before) {
      await prisma.urlSigningKey.deleteMany({ where: { createdAt: { lt: before } } });
    },
  };
}
