import { expect, it } from 'vitest';
import { fingerprint, summarise, type UploadEntry } from '../../../src/web/uploads/entry.ts';
import { isLitter, kindOf } from '../../../src/web/uploads/media-kinds.ts';
import { createRate } from '../../../src/web/uploads/rate.ts';

const entry = (state: UploadEntry['state'], size: number, sentBytes = 0) => ({ state, size, sentBytes }) as UploadEntry;

it('knows what a file is by its name, or else by what the browser makes of it', () => {
  expect(['A.JPG', 'b.CR2', 'c.mkv', 'd.flac', 'e.opus'].map((name) => kindOf(name, ''))).toEqual([
    'IMAGE',
    'IMAGE',
    'VIDEO',
    'AUDIO',
    'AUDIO',
  ]);
  expect(kindOf('image', 'image/png')).toBe('IMAGE');
  expect(kindOf('clip.new', 'video/x-new')).toBe('VIDEO');
  expect([kindOf('notes.txt', 'text/plain'), kindOf('', ''), kindOf('.jpg.exe', '')]).toEqual([null, null, null]);
});

it('leaves out what systems put beside media, and nothing else', () => {
  const litter = ['.DS_Store', 'Trip/Thumbs.db', '__MACOSX/a.jpg', 'Trip/._a.jpg', 'Trip/@eaDir/a.jpg'];
  expect(litter.filter(isLitter)).toEqual(litter);
  expect(['Trip/a.jpg', 'a..jpg', '...and more/x.jpg', 'Thumbs.dbx.jpg'].filter(isLitter)).toEqual([
    '...and more/x.jpg',
  ]);
});

it('adds up what there is to send, without what is refused', () => {
  const { counts, ...sums } = summarise([
    entry('sending', 100, 40),
    entry('waiting', 50),
    entry('stored', 10, 10),
    entry('known', 30),
    entry('refused', 999),
    entry('failed', 999, 5),
  ]);
  expect(sums).toEqual({ total: 6, totalBytes: 190, doneBytes: 80, isOpen: true });
  expect(counts).toMatchObject({ sending: 1, refused: 1, lost: 0 });
  expect(summarise([entry('paused', 5), entry('lost', 5)]).isOpen).toBe(false);
});

it('knows a file again by folder, name, size and time', () => {
  const file = { folder: 'a', name: 'b', size: 1, lastModified: 2 };
  expect(fingerprint(file)).toBe(fingerprint({ ...file }));
  expect(new Set([file, { ...file, folder: 'a/b', name: '' }, { ...file, size: 2 }].map(fingerprint)).size).toBe(3);
});

it('tells the rate of the last ten seconds, and none of a jump back', () => {
  const rate = createRate();
  expect(rate.perSecond(0)).toBeNull();
  for (let second = 0; second <= 20; second++) rate.note(second * (second < 10 ? 5_000 : 1_000), second * 1_000);
  expect(rate.perSecond(20_000)).toBe(1_000);
  expect(rate.perSecond(60_000)).toBeNull();
  rate.note(10, 60_000);
  rate.note(1_010, 61_000);
  expect(rate.perSecond(61_000)).toBe(1_000);
});
