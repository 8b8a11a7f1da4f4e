import { expect, it } from 'vitest';
import { dateOfName } from '../../../../src/library/metadata/facts/name-date.ts';

const read = (name: string) => {
  const date = dateOfName(name);
  return date && new Date(date.localMs).toISOString().slice(0, -1);
};

it.each([
  ['IMG_20240131_235959.jpg', '2024-01-31T23:59:59.000'],
  ['IMG_20240131_235959123_HDR.jpg', '2024-01-31T23:59:59.123'],
  ['PXL_20240131_225959123.MP.jpg', '2024-01-31T22:59:59.123'],
  ['20240131_235959.mp4', '2024-01-31T23:59:59.000'],
  ['20240131_235959000_iOS.heic', '2024-01-31T23:59:59.000'],
  ['WIN_20240131_23_59_59_Pro.jpg', '2024-01-31T23:59:59.000'],
  ['Screenshot_20240131-235959_Maps.png', '2024-01-31T23:59:59.000'],
  ['Screenshot_2024-01-31-23-59-59-123_com.app.png', '2024-01-31T23:59:59.123'],
  ['Screenshot 2024-01-31 at 11.59.59 PM.png', '2024-01-31T23:59:59.000'],
  ['Screenshot 2024-01-31 at 12.00.01\u202fAM.png', '2024-01-31T00:00:01.000'],
  ['Screenshot 2024-01-31 at 9.05.07 AM (2).png', '2024-01-31T09:05:07.000'],
  ['2024-01-31 23.59.59-1.jpg', '2024-01-31T23:59:59.000'],
  ['signal-2024-01-31-235959.jpg', '2024-01-31T23:59:59.000'],
  ['photo_2024-01-31_23-59-59.jpg', '2024-01-31T23:59:59.000'],
  ['2024-01-31T23_59_59.mov', '2024-01-31T23:59:59.000'],
  ['20240131235959.jpg', '2024-01-31T23:59:59.000'],
  ['WhatsApp Image 2024-01-31 at 23.59.59.jpeg', '2024-01-31T23:59:59.000'],
  ['IMG-20240131-WA0001.jpg', '2024-01-31T00:00:00.000'],
  ['VID-20240131-WA0001.mp4', '2024-01-31T00:00:00.000'],
  ['2024-01-31 Birthday.jpg', '2024-01-31T00:00:00.000'],
])('reads the date in %s', (name, expected) => {
  expect(read(name)).toBe(expected);
});

it.each([
  'IMG_1234.jpg',
  'DSC01234.jpg',
  '120240131_2359591.jpg',
  'IMG_20241331_235959.jpg',
  'IMG_20240230_235959.jpg',
  'IMG_20240131_245959.jpg',
  'IMG_18890131_235959.jpg',
  'Film.2024.1080p.BluRay.mkv',
  'Show 2024-01-31 1080p.mkv',
  'The.Show.2024.01.31.Guest.720p.mkv',
  'flickr_20240131123.jpg',
  '1706745599123.jpg',
  'a1b2c320240131235959d4.png',
])('takes nothing in %s for a date', (name) => {
  expect(read(name)).toBeNull();
});
