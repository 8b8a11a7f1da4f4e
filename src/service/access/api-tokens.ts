import type { Database, RawRow } from '../../base/database/database.ts';
import type { ApiToken as TokenRow } from '../../base/database/generated/sqlite/client.ts';
import { dialectOf, sql, toOptionalDate } from '../../base/database/sql.ts';
import { AmbiguousTokenError, TokenNameTakenError, TokenNotFoundError } from './access-errors.ts';
import type { Principal } from './principal.ts';
import type { Role } from './role.ts';
import { generateToken, hashSecret, isSecretOf, parseToken } from './token-secret.ts';

/** A token as lists show it. Its secret is left out: only the owner knows it. */
export interface ApiToken {
  id: string;
  name: string;
  role: Role;
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
}

interface NewToken {
  name: string;
  role: Role;
  /** The end of its validity; null where it never expires. */
  expiresAt: Date | null;
}

/** The tokens that people and programs send as `Authorization: Bearer`. Only a hash of each is stored. */
export interface ApiTokens {
  /**
   * Returns the whole text in `token`: it can be shown only this once. Throws TokenNameTakenError where another token that
   * is not revoked has the name, as jobs and logs name a caller by it alone.
   */
  create(token: NewToken): Promise<ApiToken & { token: string }>;
  list(): Promise<ApiToken[]>;
  /** Revokes the token with this ID or name. Throws TokenNotFoundError, AmbiguousTokenError. */
  revoke(idOrName: string): Promise<ApiToken>;
  /** Returns null where the token is unknown, revoked or expired. */
  verify(token: string): Promise<Principal | null>;
  /** Whether any token was ever created: revoking the last one does not open the service again. */
  exist(): Promise<boolean>;
}

export function createApiTokens({ provider, prisma, read }: Pick<Database, 'provider' | 'prisma' | 'read'>): ApiTokens {
  return {
    async create({ name, role, expiresAt }) {
      const { id, secret, token } = generateToken();
      const row = await prisma.$transaction(async (transaction) => {
        // Two that come at one moment take turns. Earlier versions let tokens share a name, so an index cannot ensure it.
        const writeReturning: Database['writeReturning'] = (statement) => transaction.$queryRaw(statement);
        await dialectOf({ provider }).lock({ writeReturning }, 'token names');
        const namesake = await transaction.apiToken.findFirst({ where: { name, revokedAt: null } });
        if (namesake !== null) throw new TokenNameTakenError(name, namesake.id);
        return transaction.apiToken.create({ data: { id, name, role, expiresAt, secretHash: hashSecret(secret) } });
      }, patience);
      return { ...toApiToken(row), token };
    },

    async list() {
      const rows = await prisma.apiToken.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
      return rows.map(toApiToken);
    },

    async revoke(idOrName) {
      const where = { OR: [{ id: idOrName }, { name: idOrName }], revokedAt: null };
      const [row, ...others] = await prisma.apiToken.findMany({ where });
      if (row === undefined) throw new TokenNotFoundError(idOrName);
      if (others.length > 0)
        throw new AmbiguousTokenError(
          idOrName,
          [row, ...others].map(({ id }) => id),
        );
      return toApiToken(await prisma.apiToken.update({ where: { id: row.id }, data: { revokedAt: new Date() } }));
    },

    async verify(token) {
      const parts = parseToken(token);
      const row = parts && (await findToken(parts.id));
      if (!row || !isSecretOf(parts.secret, row.secretHash) || !isValid(row)) return null;
      await noteUse(row);
      const { name, role, expiresAt } = row;
      return { name, role: role as Role, source: 'TOKEN', ...(expiresAt && { expiresAt }) };
    },

    exist: async () => (await prisma.apiToken.findFirst({ select: { id: true } })) !== null,
  };

  /** Every request asks for the token of its caller: by Prisma, this alone would take longer than many answers. */
  async function findToken(id: string): Promise<UsedToken | null> {
    const [row] = await read(sql`
      SELECT id, name, role, secret_hash, expires_at, revoked_at, last_used_at FROM api_tokens WHERE id = ${id}`);
    return row === undefined ? null : toUsedToken(row);
  }

  /** Notes the use at most once an hour: a write for every request would cost more than its precision is worth. */
  async function noteUse({ id, lastUsedAt }: UsedToken): Promise<void> {
    const now = Date.now();
    if (lastUsedAt !== null && now - lastUsedAt.getTime() < useResolutionMs) return;
    try {
      await prisma.apiToken.updateMany({ where: { id }, data: { lastUsedAt: new Date(now) } });
    } catch {
      // A full disk does not keep the caller from reading, and the next use is noted again.
    }
  }
}

type UsedToken = Omit<TokenRow, 'createdAt'>;

function toUsedToken(row: RawRow): UsedToken {
  return {
    id: row.id as string,
    name: row.name as string,
    role: row.role as string,
    secretHash: row.secret_hash as string,
    expiresAt: toOptionalDate(row.expires_at),
    revokedAt: toOptionalDate(row.revoked_at),
    lastUsedAt: toOptionalDate(row.last_used_at),
  };
}

const useResolutionMs = 60 * 60 * 1000;

/** A scan beside the command may hold the database for longer than the two seconds that Prisma waits. */
const patience = { maxWait: 30_000, timeout: 30_000 };

function isValid({ revokedAt, expiresAt }: Pick<TokenRow, 'revokedAt' | 'expiresAt'>): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > new Date());
}

function toApiToken({ id, name, role, createdAt, expiresAt, revokedAt, lastUsedAt }: TokenRow): ApiToken {
  return { id, name, role: role as Role, createdAt, expiresAt, revokedAt, lastUsedAt };
}
