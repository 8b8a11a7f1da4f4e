import { randomUUID } from 'node:crypto';
import type { MediaConfigStore } from '../../../base/config/media-config-store.ts';
import type { Database } from '../../../base/database/database.ts';
import { numbersOf, sql } from '../../../base/database/sql.ts';
import { InvalidInputError } from '../../../base/errors/domain-error.ts';
import { encodePublicId } from '../../../base/public-id.ts';
import { freezeSelection, type MediaSelection } from '../../catalogue/media-selection.ts';
import { resolveSelection } from '../../catalogue/resolve-selection.ts';
import type { ArchiveFiles } from './archive-file.ts';
import { ArchiveItemsNotFoundError, ArchiveNotPreparedError, ArchiveTooLargeError } from './archive-errors.ts';
import { packIds, unpackIds } from '../../catalogue/id-set.ts';

/** A selection that is kept for a download: no URL holds as many IDs. */
export interface PreparedSelection {
  /** By which it is found again; nobody guesses it. */
  token: string;
  files: number;
  /** Of all files together, as the catalogue has it. */
  sizeBytes: number;
  expiresAt: Date;
}

/** What an archive is to hold. */
export interface WantedItems {
  publicIds: string[];
  /** Whether it may lack some of them: a filter does not mean what is gone since, and an ID does. */
  mayLack: boolean;
}

/** Keeps selections for a day, also over a restart. */
export interface PreparedSelections {
  /**
   * Throws what `freezeSelection` throws, InvalidInputError where there is nothing to pack, ArchiveItemsNotFoundError for
   * IDs without an item, ArchiveTooLargeError.
   */
  prepare(selection: MediaSelection, owner: string | undefined): Promise<PreparedSelection>;
  /**
   * Returns what was prepared. `caller` is the name of whoever asks; null for the bearer of a signed URL. Throws
   * ArchiveNotPreparedError, also for what somebody else prepared.
   */
  find(token: string, caller: string | null): Promise<WantedItems>;
}

interface PreparedSelectionsOptions {
  database: Database;
  mediaConfig: Pick<MediaConfigStore, 'current'>;
  files: Pick<ArchiveFiles, 'select'>;
}

interface Stored {
  owner: string | null;
  ids: string;
  highestId: number;
  mayLack: boolean;
}

const maxPreparedFiles = 20_000;
const keptMs = 24 * 60 * 60_000;
const maxKept = 500;
const keyPrefix = 'archive:';

export function createPreparedSelections({
  database,
  mediaConfig,
  files,
}: PreparedSelectionsOptions): PreparedSelections {
  const { systemSetting } = database.prisma;
  return {
    async prepare(selection, owner) {
      const configured = mediaConfig.current().categories.map(({ key }) => key);
      const mayLack = !selection.ids;
      const frozen = await freezeSelection(database, configured, selection);
      const meant = 'ids' in frozen ? frozen.ids : await resolveSelection(database, configured, frozen);
      if (meant.length > maxPreparedFiles) {
        throw new ArchiveTooLargeError(maxPreparedFiles, { subject: 'The selection', advice: 'select fewer' });
      }
      // As an archive of a folder does, one of a filter leaves out what is missing.
      const wanted = mayLack ? await readAvailable(meant) : meant;
      const found = await files.select(wanted.map(toPublicId));
      const ids = wanted.filter((_, index) => found[index]);
      if (!mayLack && ids.length < wanted.length) {
        throw new ArchiveItemsNotFoundError(wanted.filter((_, index) => !found[index]).map(toPublicId));
      }
      if (ids.length === 0) throw new InvalidInputError('selection', 'The selection means no file that is available.');
      const token = randomUUID();
      const value = {
        owner: owner ?? null,
        ids: await packIds(ids),
        highestId: ids.at(-1) ?? 0,
        mayLack,
      } satisfies Stored;
      await forgetOld();
      await systemSetting.create({ data: { key: keyPrefix + token, value } });
      const sizeBytes = found.reduce((sum, file) => sum + (file?.sizeBytes ?? 0), 0);
      return { token, files: ids.length, sizeBytes, expiresAt: new Date(Date.now() + keptMs) };
    },

    async find(token, caller) {
      const isToken = /^[0-9a-f-]{36}$/.test(token);
      const row = isToken ? await systemSetting.findUnique({ where: { key: keyPrefix + token } }) : null;
      const stored = row?.value as unknown as Stored | undefined;
      const isMeant = caller === null || caller === stored?.owner;
      if (row === null || stored === undefined || !isMeant || isOld(row.updatedAt)) throw new ArchiveNotPreparedError();
      const isPacked = await unpackIds(stored.ids);
      const publicIds: string[] = [];
      for (let id = 1; id <= stored.highestId; id++) if (isPacked(id)) publicIds.push(toPublicId(id));
      return { publicIds, mayLack: stored.mayLack };
    },
  };

  async function readAvailable(ids: readonly number[]): Promise<number[]> {
    const rows = await database.read(sql`
      SELECT m.id FROM media_items AS m JOIN shelves AS s ON s.id = m.shelf_id
      WHERE m.id IN (${numbersOf(database, ids)}) AND s.status = 'AVAILABLE' ORDER BY m.id`);
    return rows.map((row) => Number(row.id));
  }

  async function forgetOld(): Promise<void> {
    const where = { key: { startsWith: keyPrefix } };
    await systemSetting.deleteMany({ where: { ...where, updatedAt: { lt: new Date(Date.now() - keptMs) } } });
    const tooMany = await systemSetting.findMany({
      where,
      orderBy: { updatedAt: 'desc' },
      skip: maxKept - 1,
      select: { key: true },
    });
    if (tooMany.length > 0) await systemSetting.deleteMany({ where: { key: { in: tooMany.map(({ key }) => key) } } });
  }
}

function isOld(since: Date): boolean {
  return Date.now() - since.getTime() > keptMs;
}

function toPublicId(id: number): string {
  return encodePublicId('MediaItem', id);
}
