import { encodePublicId } from '../../base/public-id.ts';
import { MediaNotFoundError } from '../../library/catalogue/media-errors.ts';
import type { MediaRecord } from '../../library/catalogue/sql/media-rows.ts';
import { kindOf } from '../../library/companions/choose-main.ts';
import type { FileCompanionKind } from '../../library/companions/files-beside.ts';
import type { CompanionFile } from '../../library/delivery/companions/companion-files.ts';
import { builder } from './builder.ts';
import type { Loaders } from './loaders.ts';
import { MediaItem } from './media-item.schema.ts';

const CompanionKind = builder.enumType('CompanionKind', {
  description: 'What a file is to the item that is shown for it.',
  values: {
    MOTION: { description: 'The film of a Live Photo, or of a motion photo.' },
    RENDITION: { description: 'The JPEG or HEIC that a camera wrote beside its RAW.' },
    RAW: { description: 'The RAW of a picture that is shown in its place.' },
    ORIGINAL: { description: 'The picture as it was taken, of one that was edited or put together.' },
    BURST: { description: 'Another picture of a burst.' },
    SUBTITLE: { description: 'Subtitles of a film.' },
    LYRICS: { description: 'The text of a song.' },
    ARTWORK: { description: 'A picture that presents a film or an album.' },
    XMP: { description: "What a person's program says of a picture." },
    TAKEOUT: { description: 'What Google says of a picture that it exported.' },
    SIDECAR: { description: 'What another program says of a file.' },
  } as const,
});

/** A companion is an item, or a file that is none. */
type CompanionShape = { kind: FileCompanionKind } & (
  | { item: MediaRecord; file: null }
  | { item: null; file: CompanionFile; ownerId: number }
);

const Subtitle = builder.objectRef<CompanionFile & { ownerId: number }>('Subtitle').implement({
  description: 'What the name of a subtitle says, and where players of the web get it.',
  fields: (t) => ({
    language: t.string({
      nullable: true,
      description: 'By BCP 47, such as "de".',
      resolve: ({ subtitle }) => subtitle?.language,
    }),
    title: t.string({
      nullable: true,
      description: 'What else stands in the name, such as "Commentary".',
      resolve: ({ subtitle }) => subtitle?.title,
    }),
    isDefault: t.boolean({
      description: 'Whether players choose it by themselves.',
      resolve: ({ subtitle }) => subtitle?.isDefault ?? false,
    }),
    isForced: t.boolean({
      description: 'Whether it has only what has to be translated in any case.',
      resolve: ({ subtitle }) => subtitle?.isForced ?? false,
    }),
    isHearingImpaired: t.boolean({
      description: 'Whether it also tells what is heard: SDH, CC.',
      resolve: ({ subtitle }) => subtitle?.isHearingImpaired ?? false,
    }),
    webVttUrl: t.string({
      nullable: true,
      description: 'The same as WebVTT in UTF-8; null for a format that is not converted. A path on this service.',
      resolve: ({ isConvertible, name, ownerId }, _args, { linkTo }) =>
        isConvertible ? linkTo(pathOf(ownerId, 'subtitle.vtt', name)) : null,
    }),
  }),
});

const Companion = builder.objectRef<CompanionShape>('Companion').implement({
  description: 'A file that belongs to an item.',
  fields: (t) => ({
    kind: t.expose('kind', { type: CompanionKind, description: 'What it is to the item.' }),
    filename: t.string({
      description: 'With its extension; of a file in a folder below that of the item with that folder, such as "Subs/Film.en.srt".',
      resolve: (companion) => (companion.item === null ? companion.file.name : companion.item.filename),
    }),
    sizeBytes: t.field({
      type: 'SafeInt',
      description: "The file's size.",
      resolve: ({ item, file }) => (item === null ? file.sizeBytes : Number(item.sizeBytes)),
    }),
    url: t.string({
      description: "The file's bytes: answers ranges. A path on this service.",
      resolve: (companion, _args, { linkTo }) =>
        linkTo(
          companion.item === null
            ? pathOf(companion.ownerId, 'companion', companion.file.name)
            : `/media/${encodePublicId('MediaItem', companion.item.id)}/stream`,
        ),
    }),
    subtitle: t.field({
      type: Subtitle,
      nullable: true,
      description: 'Null for what is no subtitle.',
      resolve: (companion) =>
        companion.item !== null || companion.file.subtitle === null
          ? null
          : { ...companion.file, ownerId: companion.ownerId },
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
    description:
      'The files that belong to it: the film of a Live Photo, the JPEG of a RAW, the pictures of a burst; subtitles, artwork, sidecars.',
    async resolve(item: MediaRecord, _args, { load, companionFiles }): Promise<CompanionShape[]> {
      const items = await Promise.all((await load.companionIds(item.id)).map((each) => findItem(load, each)));
      const catalogued = items.flatMap((other) => {
        const kind = other === null ? null : kindOf(item.filename, other.filename);
        return other === null || kind === null ? [] : [{ kind, item: other, file: null }];
      });
      const owner = { ...item, category: item.rootCategory, mediaType: item.shelf.mediaType };
      const files = item.shelf.status === 'DELETED' ? [] : await companionFiles.of(owner);
      return [...catalogued, ...files.map((file) => ({ kind: file.kind, item: null, file, ownerId: item.id }))];
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

function pathOf(ownerId: number, route: string, name: string): string {
  return `/media/${encodePublicId('MediaItem', ownerId)}/${route}?name=${encodeURIComponent(name)}`;
}

/** Null for an item that was just removed: those that belong together are looked at behind that. */
async function findItem(load: Loaders, id: number): Promise<MediaRecord | null> {
  try {
    return await load.mediaItem(id);
  } catch (error) {
    if (error instanceof MediaNotFoundError) return null;
    throw error;
  }
}
