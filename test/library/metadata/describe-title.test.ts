import { describe, expect, it } from 'vitest';
import { describeTitle } from '../../../src/library/metadata/describe-title.ts';

describe('describeTitle', () => {
  it.each([
    ['The_Long_Tide (2021)', 'The Long Tide'],
    ['The.Long.Tide.(2021)', 'The Long Tide'],
    ['Paper_Planets_(2019)_', 'Paper Planets'],
    ['Harbour(1998)', 'Harbour'],
    ['Harbour Lights S01E01', 'Harbour Lights S01E01'],
    ['  Spaced \t\n out__twice ', 'Spaced out twice'],
    ['Mr. Robot', 'Mr Robot'],
    ['Œuvre d’été', 'Œuvre d’été'],
  ])('makes of the stem %j the title %j', (stem, title) => {
    expect(describeTitle(stem)).toBe(title);
  });

  it('keeps a year that does not stand in parentheses at the end', () => {
    expect(describeTitle('(1984) Summer')).toBe('(1984) Summer');
    expect(describeTitle('Summer (1984) Remastered')).toBe('Summer (1984) Remastered');
    expect(describeTitle('Blade Runner 2049')).toBe('Blade Runner 2049');
    expect(describeTitle('Part (12345)')).toBe('Part (12345)');
  });

  it('strips only one year', () => {
    expect(describeTitle('Reissue (1984) (2004)')).toBe('Reissue (1984)');
  });

  it('drops the dot of a hidden file', () => {
    expect(describeTitle('.hidden_notes')).toBe('hidden notes');
  });

  it.each(['(1999)', '__', '...', ' '])('falls back to the stem %j where nothing else would be left', (stem) => {
    expect(describeTitle(stem)).toBe(stem);
  });
});
