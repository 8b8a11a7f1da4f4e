import type { Logger } from 'pino';
import type { Database } from '../../base/database/database.ts';
import { ModelNotFoundError } from '../model-records/model-errors.ts';
import type { ImageStore } from '../model-records/image-store.ts';
import { createBackgroundLoop, type BackgroundLoop } from '../../base/async/background-loop.ts';

interface PictureMovesOptions {
  database: Database;
  images: Pick<ImageStore, 'add' | 'dropPending' | 'pendingFolder'>;
  log: Pick<Logger, 'error' | 'warn'>;
}

const movesPerStep = 20;

/**
 * Carries out the moves of pictures that promotions noted: makes the tiers, then removes the pending file, then the note.
 * After a kill in between, the note is still there, and what is done already is not repeated; two processes at once do it
 * once.
 */
export function createPictureMoves({ database, images, log }: PictureMovesOptions): BackgroundLoop {
  const { prisma } = database;
  let after = 0;

  async function move({ id, sha256, name, source }: Move): Promise<void> {
    const problem = sha256 === null ? null : await addToModel(sha256, name, source);
    if (problem !== null) {
      const { reason, isLasting } = problem;
      const next = isLasting ? 'it stays' : 'it is tried again';
      log.warn({ picture: name, sha256, reason }, `a pending picture could not become one of its model; ${next}`);
      if (isLasting) await prisma.pictureMove.updateMany({ where: { id }, data: { failure: reason } });
      return;
    }
    // The pending file is all that there is of the picture until its three sizes have their row for good.
    await database.flush();
    await images.dropPending(name);
    await prisma.pictureMove.deleteMany({ where: { id } });
  }

  /** Returns why it could not be done, and whether it never can; null where it is done. */
  async function addToModel(sha256: string, name: string, source: string): Promise<Problem | null> {
    const isThere = await prisma.modelImage.findFirst({ where: { sha256, source } });
    if (isThere !== null) return null;
    try {
      const added = await images.add(sha256, { rootPath: images.pendingFolder, relativePath: name }, source);
      if (added.state !== 'unreadable') return null;
      return { reason: `${added.code}: ${added.message}`, isLasting: added.isLasting };
    } catch (error) {
      // Without its model the picture is not needed any more.
      if (error instanceof ModelNotFoundError) return null;
      throw error;
    }
  }

  return createBackgroundLoop({
    name: 'moving pending pictures',
    log,
    begin() {
      after = 0;
    },
    async step() {
      const moves = await prisma.pictureMove.findMany({
        where: { failure: null, id: { gt: after } },
        orderBy: { id: 'asc' },
        take: movesPerStep,
      });
      // Pictures of one model are moved in their order; those of different models do not affect each other.
      await Promise.all(
        byModel(moves).map(async (ofModel) => {
          for (const one of ofModel) await move(one);
        }),
      );
      after = moves.at(-1)?.id ?? after;
      return moves.length;
    },
  });
}

interface Problem {
  reason: string;
  isLasting: boolean;
}

interface Move {
  id: number;
  sha256: string | null;
  name: string;
  source: string;
}

function byModel(moves: readonly Move[]): Move[][] {
  const groups = new Map<string | null, Move[]>();
  for (const move of moves) {
    const group = groups.get(move.sha256);
    if (group === undefined) groups.set(move.sha256, [move]);
    else group.push(move);
  }
  return [...groups.values()];
}
