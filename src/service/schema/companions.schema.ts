import { encodePublicId } from '../../base/public-id.ts';
import type { MediaRecord } from '../../library/catalogue/sql/media-rows.ts';
import { kindOf, type ItemCompanionKind } from '../../library/companions/choose-main.ts';
import { MediaNotFoundError } from '../../library/catalogue/media-errors.ts';
import { builder } from './builder.ts';
import type { Loaders } from './loaders.ts';
import { MediaItem } from './media-item.schema.ts';

const CompanionKind = builder.enumType('CompanionKind', {
  description: 'What a file is to the item that is shown for it.',
  values: {
    MOTION: { description: 'The film of a Live Photo, or of a motion photo.' },
    RENDITION: { description: 'The JPEG or HEIC that a camera wrote beside its RAW.' },
    RAW: { description: 'The RAW of a picture that its program shows in its place.' },
    ORIGINAL: { description: 'The picture as it was taken, of one that was edited or put together.' },
    BURST: { description: 'Another picture of a burst.' },
  } as const,
});

interface CompanionShape {
  kind: ItemCompanionKind;
  item: MediaRecord;
}

const Companion = builder.objectRef<CompanionShape>('Companion').implement({
  description: 'A file that belongs to an item.',
  fields: (t) => ({
    kind: t.expose('kind', { type: CompanionKind, description: 'What it is to the item.' }),
    filename: t.string({ description: 'With its extension.', resolve: ({ item }) => item.filename }),
    sizeBytes: t.field({
      type: 'SafeInt',
      description: "The file's size.",
      resolve: ({ item }) => Number(item.sizeBytes),
    }),
    url: t.string({
      description: "The file's bytes: answers ranges. A path on this service.",
      resolve: ({ item }, _args, { linkTo }) => linkTo(`/media/${encodePublicId('MediaItem', item.id)}/stream`),
    }),
    item: t.field({
      type: MediaItem,
      nullable: true,
      description: 'The file as it is catalogued; null for one that is not, such as a subtitle.',
      resolve: ({ item }) => item,
    }),
  }),
});

builder.objectFields(MediaItem, (t) => ({
  companions: t.field({
    type: [Companion],
    description: 'The files that belong to it: the film of a Live Photo, the JPEG of a RAW, the pictures of a burst.',
    async resolve({ id, filename }: Pick<MediaRecord, 'id' | 'filename'>, _args, { load }) {
      const items = await Promise.all((await load.companionIds(id)).map((each) => findItem(load, each)));
      return items.flatMap((item) => {
        const kind = item === null ? null : kindOf(filename, item.filename);
        return item === null || kind === null ? [] : [{ kind, item }];
      });
    },
  }),
  companionOf: t.field({
    type: MediaItem,
    nullable: true,
    description: 'The item that is shown for it, and whose `companions` have it; null where it stands for itself.',
    resolve: ({ companionOf }: Pick<MediaRecord, 'companionOf'>, _args, { load }) =>
      companionOf === null ? null : findItem(load, companionOf),
  }),
}));

/** Null for an item that was just removed: those that belong together are looked at behind that. */
async function findItem(load: Loaders, id: number): Promise<MediaRecord | null> {
  try {
    return await load.mediaItem(id);
  } catch (error) {
    if (error instanceof MediaNotFoundError) return null;
    throw error;
  }
}
