import { describe, expect, it } from 'vitest';
import { collapsePlaces } from '../../../../src/library/scan/watch/collapse-places.ts';
import { createPendingPlaces } from '../../../../src/library/scan/watch/pending-places.ts';

describe('Places where something happened', () => {
  it('are given out when they have rested, together with what happened shortly after', () => {
    const pending = createPendingPlaces(1000);
    pending.add('photos', 'a.jpg', 0);
    pending.add('photos', 'b/c.jpg', 200);
    pending.add('films', 'busy.mkv', 900);
    expect(pending.takeRested(999)).toEqual([]);
    expect(pending.takeRested(1000)).toEqual(['photos/a.jpg', 'photos/b/c.jpg']);
    expect(pending.takeRested(1001)).toEqual([]);
    expect(pending.takeRested(1900)).toEqual(['films/busy.mkv']);
  });

  it('wait as long as something happens there', () => {
    const pending = createPendingPlaces(1000);
    for (let at = 0; at < 5000; at += 500) {
      pending.add('photos', 'growing.mkv', at);
      expect(pending.takeRested(at)).toEqual([]);
    }
    expect(pending.takeRested(5500)).toEqual(['photos/growing.mkv']);
  });

  it('are one place where one holds the others, and the category where that is all of it', () => {
    const pending = createPendingPlaces(1000);
    for (const place of ['a', 'a/b', 'a/b/c.jpg', 'a-b']) pending.add('photos', place, 0);
    for (const place of ['x', '']) pending.add('films', place, 0);
    expect(pending.takeRested(1000)).toEqual(['photos/a', 'photos/a-b', 'films']);
  });

  it('are the folders around them where they are many', () => {
    const pending = createPendingPlaces(1000);
    for (let file = 0; file < 500; file++) pending.add('photos', `2026/trip ${file % 3}/${file}.jpg`, 0);
    pending.add('photos', 'alone.jpg', 0);
    expect(pending.takeRested(1000).sort()).toEqual([
      'photos/2026/trip 0',
      'photos/2026/trip 1',
      'photos/2026/trip 2',
      'photos/alone.jpg',
    ]);
  });

  it('are all of a category where they are thousands, in however many folders', () => {
    const pending = createPendingPlaces(1000);
    for (let file = 0; file < 200_000; file++) pending.add('photos', `${file}/deep/a.jpg`, 0);
    for (let file = 0; file < 4_000; file++) pending.add('films', `${file}/deep/a.mkv`, 0);
    expect(pending.takeRested(1000)).toEqual(['photos', 'films']);
    expect(
      collapsePlaces(
        Array.from({ length: 200_000 }, (_, file) => `${file}/a.jpg`),
        100,
      ),
    ).toEqual(['']);
  });
});
