import type { CategoryConfig, JsonValue } from '../../base/config/media-config.ts';
import type { Database, Prisma } from '../../base/database/database.ts';
import { mediaItemSelection, type MediaRecord } from './sql/media-rows.ts';
import { ensureShelves } from './sql/shelves.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { describeTitle, stemOf } from '../metadata/describe-title.ts';
import { titleKeyOf } from '../metadata/sort-keys.ts';
import { searchTextOf } from '../metadata/search-text.ts';
import { MediaNotFoundError } from './media-errors.ts';
import { encodePublicId } from '../../base/public-id.ts';
import { checkDescription, checkTitle } from './item-texts.ts';
import { checkRating, checkTagChanges, type WordChanges } from './media-words.ts';
import { changeTags } from './sql/media-tags.ts';
import { deepestJson, isStorableJson } from '../../base/text.ts';

/**
 * What a person changes on an item. A field that is left out stays; null returns it to what the scan says, or empties
 * it.
 */
export interface MediaChanges extends WordChanges {
  title?: string | null | undefined;
  description?: string | null | undefined;
  category?: string | null | undefined;
  metadata?: JsonValue | undefined;
}

interface Categories {
  findCategory(key: string): Pick<CategoryConfig, 'key' | 'mediaType'> | undefined;
}

const maxMetadataBytes = 64 * 1024;

/** Changes an item; no scan undoes it. Throws MediaNotFoundError, or InvalidInputError before anything is written. */
export async function updateMedia(
  database: Database,
  categories: Categories,
  id: number,
  changes: MediaChanges,
): Promise<MediaRecord> {
  const { prisma } = database;
  const item = await prisma.mediaItem.findUnique({ where: { id }, include: { shelf: true } });
  if (item === null) throw new MediaNotFoundError(encodePublicId('MediaItem', id));

  const tagChanges = checkTagChanges(changes);
  const { relativePath, title, tagTitle, description } = item;
  const titled = newTitle(item, changes.title);
  const texts = {
    title: titled.title,
    description: changes.description === undefined ? description : checkDescription(changes.description),
  };
  const data: Prisma.MediaItemUncheckedUpdateManyInput = {
    ...titled,
    ...texts,
    titleKey: titleKeyOf(texts.title),
    searchText: searchTextOf({ ...texts, relativePath }),
    updatedAt: new Date(),
  };
  if (changes.metadata !== undefined) data.customMetadata = checkMetadata(changes.metadata);
  if (changes.favourite !== undefined) data.favourite = changes.favourite ?? false;
  if (changes.rating !== undefined) data.rating = checkRating(changes.rating);
  if (changes.category !== undefined) {
    const key = changes.category ?? item.rootCategory;
    data.shelfId = await findShelf(database, categories, key, item.shelf);
  }
  // A change that was made meanwhile to what this one was computed from wins: this one is then computed again from the
  // new item. Only `updateMany` compares in the statement that writes.
  const where = {
    id,
    relativePath,
    title,
    tagTitle,
    description,
    ...(data.shelfId !== undefined && { shelfId: item.shelfId }),
  };
  const { count } = await prisma.mediaItem.updateMany({ where, data });
  if (count > 0 && tagChanges !== null) {
    await database.transaction((transaction) => changeTags(transaction, id, tagChanges, new Date()));
  }
  const changed = count > 0 ? await prisma.mediaItem.findUnique({ where: { id }, select: mediaItemSelection }) : null;
  return changed ?? updateMedia(database, categories, id, changes);
}

interface TitledItem {
  title: string;
  /** The one in the tags of music. */
  tagTitle: string | null;
  titleSetByPerson: boolean;
  filename: string;
}

function newTitle(item: TitledItem, title: string | null | undefined): { title: string; titleSetByPerson: boolean } {
  if (title === undefined) return { title: item.title, titleSetByPerson: item.titleSetByPerson };
  if (title === null) return { title: item.tagTitle ?? describeTitle(stemOf(item.filename)), titleSetByPerson: false };
  return { title: checkTitle(title), titleSetByPerson: true };
}

function checkMetadata(metadata: JsonValue): Prisma.InputJsonValue {
  if (metadata === null) return {};
  if (typeof metadata !== 'object' || Array.isArray(metadata)) {
    throw new InvalidInputError('input.metadata', 'Metadata is a JSON object, such as {"rating": 5}; null empties it.');
  }
  if (!isStorableJson(metadata)) {
    throw new InvalidInputError(
      'input.metadata',
      `Metadata nests at most ${deepestJson} levels deep, no text in it holds a NUL or half a character, and no name is __proto__.`,
    );
  }
  if (Buffer.byteLength(JSON.stringify(metadata)) > maxMetadataBytes) {
    throw new InvalidInputError('input.metadata', `Metadata has at most ${maxMetadataBytes / 1024} KiB as JSON.`);
  }
  return metadata;
}

async function findShelf(
  database: Database,
  categories: Categories,
  key: string,
  { mediaType, status }: { mediaType: string; status: string },
): Promise<number> {
  const category = categories.findCategory(key);
  if (category === undefined)
    throw new InvalidInputError('input.category', `"${key}" is no category of the configuration.`);
  if (category.mediaType !== mediaType) {
    throw new InvalidInputError(
      'input.category',
      `The item is of the type ${mediaType}, the category "${key}" holds ${category.mediaType}.`,
    );
  }
  await ensureShelves(database, key, mediaType);
  const where = { category_mediaType_status: { category: key, mediaType, status } };
  const shelf = await database.prisma.shelf.findUniqueOrThrow({ where });
  return shelf.id;
}
