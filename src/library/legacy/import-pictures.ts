import PQueue from 'p-queue';
import type { Database } from '../../base/database/database.ts';
import { storePendingImage } from '../model-records/sql/model-images.ts';
import { DomainError } from '../../base/errors/domain-error.ts';
import type { ImageStore } from '../model-records/image-store.ts';
import type { PictureFile } from '../model-records/picture-tiers.ts';
import type { PictureFinder } from './find-picture.ts';
import type { ImportContext } from './import-rows.ts';
import { findOwner, type PictureOwner } from './picture-owner.ts';
import { pendingPictureName, type PictureName } from './picture-name.ts';
import type { OwnerlessPictures, PicturedModel } from './read-picture-page.ts';

export interface PictureContext extends ImportContext {
  images: Pick<ImageStore, 'add' | 'keepPending' | 'dropPending'>;
  /** Null where no folder of pictures was given. */
  finder: PictureFinder | null;
  /** How many models have their pictures made at the same time. */
  concurrency: number;
}

type Outcome = 'migrated' | 'alreadyPresent';
class PictureSkip extends DomainError {
  readonly code: string;
  readonly httpStatus = 500;
  readonly counts: 'skipped' | 'errors';

  constructor(code: string, message: string, counts: 'skipped' | 'errors' = 'errors') {
    super(message);
    this.code = code;
    this.counts = counts;
  }
}

class OwnerMissing extends PictureSkip {
  constructor() {
    super('OWNER_MISSING', 'Its record was not taken over, or is gone.', 'skipped');
  }
}

/**
 * Takes over the pictures of all models: those of records with a hash in three sizes, the others as they are. The
 * pictures of one model are taken in their order, so that chance does not decide which is the first.
 */
export async function importPictures(context: PictureContext): Promise<void> {
  const queue = new PQueue({ concurrency: context.concurrency });
  const stop = new AbortController();
  for await (const { models, ownerless } of context.read('pictures')) {
    for (const pictures of ownerless) skipPictures(context, pictures);
    const groups = groupByOwner(models).map((owned) => async () => {
      for (const model of owned) await importPicturesOf(context, model, stop.signal);
    });
    try {
      await queue.addAll(groups);
    } catch (error) {
      // Nothing may be made after the job has ended, as its lock is free then.
      stop.abort(error);
      queue.clear();
      await queue.onIdle();
      throw error;
    }
  }
}

function skipPictures({ ledger, onDone }: PictureContext, { item, isPending, count }: OwnerlessPictures): void {
  const { code, message } = new OwnerMissing();
  for (let index = 0; index < count; index += 1) {
    ledger.skip(isPending ? 'pendingImages' : 'activeImages', { item: `${item}/images/${index}`, code, message });
  }
  onDone(count, item);
}

/** Groups models by their record here: two legacy models with one hash become one. */
function groupByOwner(models: readonly PicturedModel[]): PicturedModel[][] {
  const groups = new Map<string, PicturedModel[]>();
  for (const model of models) {
    const owner = model.sha256 ?? String(model.legacyId);
    groups.set(owner, [...(groups.get(owner) ?? []), model]);
  }
  return [...groups.values()];
}

async function importPicturesOf(context: PictureContext, model: PicturedModel, signal: AbortSignal): Promise<void> {
  const { ledger, onDone } = context;
  const kind = model.sha256 === null ? 'pendingImages' : 'activeImages';
  let owner = await findOwner(context, model);
  for (const [index, picture] of model.pictures.entries()) {
    signal.throwIfAborted();
    const item = `models/${model.legacyId}/images/${index}`;
    try {
      let outcome = await importPicture(context, model, { picture, index, owner });
      while (outcome === 'ownerSettled') {
        owner = await findOwner(context, model);
        outcome = await importPicture(context, model, { picture, index, owner });
      }
      ledger.count(kind, outcome, 1);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const issue = { item, code: error.code, message: error.message, sha256: model.sha256 };
      if (error instanceof PictureSkip && error.counts === 'skipped') ledger.skip(kind, issue);
      else ledger.fail(kind, issue);
    }
    onDone(1, picture.ok ? picture.name : item);
  }
}

interface OnePicture {
  picture: PictureName;
  index: number;
  owner: PictureOwner | null;
}

async function importPicture(
  { images, finder, database }: PictureContext,
  { legacyId, legacyPath, stem }: PicturedModel,
  { picture, index, owner }: OnePicture,
): Promise<Outcome | 'ownerSettled'> {
  if (!picture.ok) throw new PictureSkip(picture.code, picture.message);
  if (owner === null) throw new OwnerMissing();
  const source = picture.name;
  if (owner.sources.has(source)) return 'alreadyPresent';
  const file = locate(finder, source);
  if (owner.sha256 !== null) {
    const added = await images.add(owner.sha256, file, source);
    if (added.state === 'unreadable') throw new PictureSkip(added.code, added.message);
    owner.sources.add(source);
    return added.state === 'new' ? 'migrated' : 'alreadyPresent';
  }
  // The number may belong to another picture, where the list has changed since an earlier run; the name may belong to one
  // that is still being moved to the model that an earlier record with that id became.
  let seq = index;
  let name = pendingPictureName(legacyId, seq, stem, source);
  while (owner.seqs.has(seq) || (await isMoving(database, name))) {
    seq += 1;
    name = pendingPictureName(legacyId, seq, stem, source);
  }
  await images.keepPending(name, file);
  if (!(await storePendingImage(database, { pendingId: legacyId, legacyPath, seq, name, source }))) {
    // The pending import became a model, or was dropped, while its picture was copied.
    await images.dropPending(name);
    return 'ownerSettled';
  }
  owner.sources.add(source);
  owner.seqs.add(seq);
  return 'migrated';
}

async function isMoving({ prisma }: Database, name: string): Promise<boolean> {
  return (await prisma.pictureMove.findUnique({ where: { name }, select: { id: true } })) !== null;
}

function locate(finder: PictureFinder | null, name: string): PictureFile {
  if (finder === null) {
    throw new PictureSkip(
      'NO_IMAGES_DIR',
      'No folder of pictures was named: name it, and run the migration again.',
      'skipped',
    );
  }
  const found = finder.find(name);
  if (found.state === 'missing')
    throw new PictureSkip('PICTURE_NOT_FOUND', `There is no picture "${name}" in the folder.`);
  if (found.state === 'ambiguous') {
    const names = found.names.map((one) => `"${one}"`).join(' and ');
    throw new PictureSkip('AMBIGUOUS_NAME', `"${name}" may mean ${names}: rename the right one to exactly that.`);
  }
  return found.file;
}
