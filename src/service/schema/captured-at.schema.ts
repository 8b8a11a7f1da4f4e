import type { MediaRecord } from '../../library/catalogue/sql/media-rows.ts';
import { formatOffset } from '../../library/metadata/facts/local-time.ts';
import { builder } from './builder.ts';
import { MediaItem } from './media-item.schema.ts';

const CapturedAtSource = builder.enumType('CapturedAtSource', {
  description: 'What says when an item was recorded; those before the others count first.',
  values: {
    SIDECAR: { description: 'A date in the XMP file beside it that is another than that of the file.' },
    EXIF: { description: 'DateTimeOriginal, else DateTimeDigitized, of EXIF.' },
    XMP: { description: 'A date of XMP: exif:DateTimeOriginal, photoshop:DateCreated, xmp:CreateDate.' },
    IPTC: { description: 'The date and time of creation of IPTC.' },
    GPS: { description: 'The time of the satellites in EXIF or XMP, in UTC; the clock of the place is not known.' },
    QUICKTIME: { description: 'The date with a zone that phones write into films.' },
    CONTAINER: { description: "The date of a film's container, in UTC." },
    FILENAME: { description: 'A date in the name, such as IMG_20240131_235959.jpg.' },
    EXIF_MODIFIED: { description: 'DateTime of EXIF: when the picture was last changed.' },
    FILE_TIME: { description: 'None of these: when the file was modified, in UTC.' },
  } as const,
});

type Captured = Pick<MediaRecord, 'capturedAt' | 'capturedOffset' | 'capturedSource' | 'modifiedAt'>;

builder.objectFields(MediaItem, (t) => ({
  capturedAt: t.field({
    type: 'DateTime',
    description:
      'The moment at which it was recorded. Where the zone is not known, the clock of the place is taken for UTC.',
    resolve: (item: Captured) => new Date(localOf(item).getTime() - (item.capturedOffset ?? 0) * 60_000),
  }),
  capturedAtLocal: t.string({
    description:
      'The clock where it was recorded, such as "2024-01-31T23:59:59.000", without a zone. Lists are ordered and filtered ' +
      'by it: a day is the day there.',
    resolve: (item: Captured) => localOf(item).toISOString().slice(0, -1),
  }),
  capturedAtOffset: t.string({
    nullable: true,
    description: 'How far that clock was ahead of UTC, such as "+02:00"; null where it is not known.',
    resolve: ({ capturedOffset }: Captured) => (capturedOffset === null ? null : formatOffset(capturedOffset)),
  }),
  capturedAtSource: t.field({
    type: CapturedAtSource,
    description: 'Where it comes from.',
    resolve: ({ capturedAt, capturedSource }: Captured) =>
      (capturedAt === null ? 'FILE_TIME' : capturedSource) as 'FILE_TIME',
  }),
}));

function localOf({ capturedAt, modifiedAt }: Captured): Date {
  return capturedAt ?? modifiedAt;
}
