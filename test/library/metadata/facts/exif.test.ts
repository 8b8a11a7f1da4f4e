import { expect, it } from 'vitest';
import { bytesInMemory } from '../../../../src/base/pictures/picture-bytes.ts';
import { exifDates } from '../../../../src/library/metadata/facts/exif-dates.ts';
import { exifCamera, exifPlace } from '../../../../src/library/metadata/facts/exif-facts.ts';
import { createNotes } from '../../../../src/library/metadata/facts/notes.ts';
import { readTiffFacts } from '../../../../src/library/metadata/facts/tiff-tags.ts';
import { directory, tiffStructure, type TiffEntry } from '../../../support/tiff-structure.ts';

type Parts = Parameters<typeof tiffStructure>[0];

function datesOf(parts: Parts) {
  const notes = createNotes();
  const dates = exifDates(readTiffFacts(bytesInMemory(tiffStructure(parts))), notes);
  const texts = dates.map(({ name, localMs, offsetMinutes }) => {
    return `${name} ${new Date(localMs).toISOString().slice(0, -1)} ${offsetMinutes}`;
  });
  return { texts, notes: notes.list };
}

it('reads each date with its fraction and its zone, else with the zone of the last change', () => {
  const exif = [
    [0x9003, '2024:01:31 23:59:59'],
    [0x9291, '12'],
    [0x9011, '+05:45'],
    [0x9004, '2024:02:01 00:00:00'],
    [0x9010, '-03:30'],
  ] as const;
  expect(datesOf({ image: [[0x0132, '2024:03:01 10:00:00']], exif })).toEqual({
    texts: [
      'EXIF DateTimeOriginal 2024-01-31T23:59:59.120 345',
      'EXIF DateTimeDigitized 2024-02-01T00:00:00.000 -210',
      'EXIF DateTime 2024-03-01T10:00:00.000 -210',
    ],
    notes: [],
  });
});

const satellites = (hour: number, minute: number, second: number): TiffEntry[] => [
  [0x1d, '2024:01:31'],
  [
    0x07,
    {
      fractions: [
        [hour, 1],
        [minute, 1],
        [second, 1],
      ],
    },
  ],
];

it('finds the zone by the time of the satellites, where their difference is that of a zone', () => {
  const exif = [[0x9003, '2024:01:31 18:30:05']] as const;
  const [first] = datesOf({ exif, gps: satellites(13, 0, 2) }).texts;
  expect(first).toBe('EXIF DateTimeOriginal 2024-01-31T18:30:05.000 330');
  // Twenty minutes is the zone of nobody: the receiver had not known its place for long.
  expect(datesOf({ exif, gps: satellites(13, 10, 2) }).texts).toEqual([
    'EXIF DateTimeOriginal 2024-01-31T18:30:05.000 null',
    'GPS time 2024-01-31T13:10:02.000 null',
  ]);
});

it('ignores what is no date, with a note, and what is blank, without one', () => {
  const exif = [
    [0x9003, '0000:00:00 00:00:00'],
    [0x9004, '    :  :     :  :  '],
  ] as const;
  expect(datesOf({ exif })).toEqual({
    texts: [],
    notes: ['EXIF DateTimeOriginal is "0000:00:00 00:00:00", which is no date; it is ignored.'],
  });
});

it('reads the camera, and leaves out what makes no sense', () => {
  const notes = createNotes();
  const tiff = tiffStructure({
    image: [
      [0x010f, 'Canon '],
      [0x0110, 'EOS\x01 R6'],
    ],
    exif: [
      [0x829a, { fractions: [[1, 250]] }],
      [0x829d, { fractions: [[28, 10]] }],
      [0x8827, { short: [65_535] }],
      [0x8832, { long: [102_400] }],
      [0x920a, { fractions: [[50, 0]] }],
      [0xa405, { short: [0] }],
      [
        0xa432,
        {
          fractions: [
            [24, 1],
            [105, 1],
            [4, 1],
            [4, 1],
          ],
        },
      ],
    ],
  });
  expect(exifCamera(readTiffFacts(bytesInMemory(tiff)), notes)).toEqual({
    make: 'Canon',
    model: 'EOS R6',
    lens: '24-105mm f/4',
    exposureSeconds: 0.004,
    aperture: 2.8,
    iso: 102_400,
  });
  expect(notes.list).toEqual([]);
});

function placeOf(latitude: [number, number], longitude: [number, number]) {
  const notes = createNotes();
  const gps: TiffEntry[] = [
    [1, 'S'],
    [2, { fractions: [latitude, [30, 1], [0, 0]] }],
    [3, 'W'],
    [4, { fractions: [longitude, [0, 1], [36, 1]] }],
    [5, Buffer.from([1])],
    [6, { fractions: [[25, 10]] }],
  ];
  return { place: exifPlace(readTiffFacts(bytesInMemory(tiffStructure({ gps }))), notes), notes: notes.list };
}

it('reads the place, and none that is not on Earth', () => {
  expect(placeOf([33, 1], [70, 1])).toEqual({
    place: { latitude: -33.5, longitude: -70.01, altitude: -2.5 },
    notes: [],
  });
  expect(placeOf([1_000_000_000, 1], [70, 1])).toEqual({
    place: undefined,
    notes: ['The latitude is -1000000000.5, which makes no sense; it is left out.'],
  });
  expect(placeOf([33, 0], [70, 1]).place).toBeUndefined();
});

it('is not led in circles, nor out of the structure, nor to read what a tag only claims to have', () => {
  const circle = tiffStructure({ image: [[0x0110, 'Model']], exif: [[0x9003, '2024:01:31 23:59:59']] });
  // The pointer to EXIF leads back to the first directory.
  circle.writeUInt32LE(8, circle.indexOf(Buffer.from([0x69, 0x87])) + 8);
  expect(readTiffFacts(bytesInMemory(circle)).exif.size).toBe(2);
  const claims = Buffer.concat([
    Buffer.from('II*\0\x08\0\0\0', 'latin1'),
    directory([[0x0110, 'A long enough model']], 8),
  ]);
  claims.writeUInt32LE(0xff_ff_ff_ff, 14);
  const { image } = readTiffFacts(bytesInMemory(claims));
  expect(image.get(0x0110)?.bytes.toString()).toBe('A long enough model\0');
  claims.writeUInt32LE(0x7f_ff_ff_ff, 18);
  expect(readTiffFacts(bytesInMemory(claims)).image.size).toBe(0);
  claims.writeUInt32LE(0xff_ff_ff_f0, 4);
  expect(readTiffFacts(bytesInMemory(claims)).image.size).toBe(0);
});
