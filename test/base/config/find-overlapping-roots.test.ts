import { describe, expect, it } from 'vitest';
import { findOverlappingRoots } from '../../../src/base/config/find-overlapping-roots.ts';

describe('findOverlappingRoots', () => {
  it.each([
    ['/srv/media', '/srv/media', 'The categories a and b have the same root, /srv/media'],
    ['/srv/media', '/srv/media/tv', 'The root of b, /srv/media/tv, lies inside that of a'],
    ['/srv/media/tv', '/', 'The root of a, /srv/media/tv, lies inside that of b'],
    ['/srv/media', '/srv/media/..tv', 'The root of b, /srv/media/..tv, lies inside that of a'],
    ['T:/Media', 't:\\media\\TV', 'The root of b, t:\\media\\TV, lies inside that of a'],
    ['\\\\nas\\media', '\\\\NAS\\media\\', 'The categories a and b have the same root, \\\\nas\\media'],
  ])('warns of %s and %s', (one, other, warning) => {
    expect(overlapsOf(one, other)).toEqual([`${warning}: a file there is catalogued once for each of them.`]);
  });

  it.each([
    ['/srv/media', '/srv/media2'],
    ['/srv/Media', '/srv/media'],
    ['/srv/a', '/srv/b'],
    ['T:/Media', 'D:/Media'],
    ['T:/', '/'],
  ])('has nothing against %s beside %s', (one, other) => {
    expect(overlapsOf(one, other)).toEqual([]);
  });
});

function overlapsOf(one: string, other: string): string[] {
  return [
    ...findOverlappingRoots([
      { key: 'a', rootPath: one },
      { key: 'b', rootPath: other },
    ]),
  ];
}
