import { describe, expect, it } from 'vitest';
import { nameEntries } from '../../../../src/library/delivery/archives/name-entries.ts';

describe('the names inside an archive', () => {
  it('are the paths as they are, where every system can have them', () => {
    const paths = ['Series/Season 1/01 – Pilot.mkv', 'Ünï/日本 😀.jpg', '.hidden', 'a b.tar.gz', 'console.log'];
    expect(nameEntries(paths)).toEqual(paths);
  });

  it.each([
    ['../../etc/passwd', '__/__/etc/passwd'],
    ['/etc/passwd', '_/etc/passwd'],
    ['a//b/./c', 'a/_/b/_/c'],
    ['..\\..\\evil.exe', '.._.._evil.exe'],
    ['C:\\x', 'C__x'],
    ['C:/x', 'C_/x'],
    ['a\nb\u0000c\u001b[31m\u0085d', 'a_b_c_[31m_d'],
    ['what? <really> "yes" a|b*', 'what_ _really_ _yes_ a_b_'],
    ['trailing. /dots...', 'trailing__/dots___'],
    ['con/NUL.txt/com1.tar.gz/LPT¹', '_con/_NUL.txt/_com1.tar.gz/_LPT¹'],
    ['aux .mp4', '_aux .mp4'],
    ['', '_'],
  ])('turn %j into %j', (path, name) => {
    expect(nameEntries([path])).toEqual([name]);
  });

  it('are unique by a number before the extension', () => {
    expect(nameEntries(['a.jpg', 'b.jpg', 'a.jpg', 'a.jpg', 'a (1).jpg', 'x/a.jpg', 'x/a.jpg', '.a', '.a'])).toEqual([
      'a.jpg',
      'b.jpg',
      'a (1).jpg',
      'a (2).jpg',
      'a (1) (1).jpg',
      'x/a.jpg',
      'x/a (1).jpg',
      '.a',
      '.a (1)',
    ]);
  });

  it('get no longer by a number than filesystems take', () => {
    const long = `${'é'.repeat(125)}x.mp4`;
    expect(nameEntries([long, long])).toEqual([long, `${'é'.repeat(123)} (1).mp4`]);
    expect(nameEntries([`d/${long}`, `d/${long}`])[1]).toBe(`d/${'é'.repeat(123)} (1).mp4`);
  });

  it('are unique where case and the composition of letters do not count', () => {
    expect(nameEntries(['Photo.JPG', 'photo.jpg', 'caf\u00e9', 'cafe\u0301'])).toEqual([
      'Photo.JPG',
      'photo (1).jpg',
      'caf\u00e9',
      'cafe\u0301 (1)',
    ]);
  });

  it('are unique after they were made safe, and take no name that a folder needs', () => {
    expect(nameEntries(['a?', 'a_', 'b_', 'b?/c'])).toEqual(['a_', 'a_ (1)', 'b_ (1)', 'b_/c']);
  });

  it('are found quickly for a thousand files of one name', () => {
    const names = nameEntries(Array.from({ length: 20_000 }, () => 'IMG_0001.jpg'));
    expect(new Set(names).size).toBe(20_000);
    expect(names.at(-1)).toBe('IMG_0001 (19999).jpg');
  });
});
