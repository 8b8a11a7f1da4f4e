import { describe, expect, it } from 'vitest';
import { MediaConfigError } from '../../../src/base/config/config-errors.ts';
import { novaProfile } from '../../../src/base/config/image-proxy-profile.ts';
import { parseMediaConfig } from '../../../src/base/config/parse-media-config.ts';

function parse(imageProxies: string) {
  const categories = '{key: photos, label: Photos, default: true, root_path: /srv/photos}';
  return parseMediaConfig(`version: 2\ncategories:\n  - ${categories}\n${imageProxies}`, '/opt/config/media.yml');
}

function faultsOf(imageProxies: string): unknown[] {
  try {
    parse(imageProxies);
  } catch (error) {
    if (error instanceof MediaConfigError) return error.faults.map(({ key, expected }) => [key, expected]);
    throw error;
  }
  throw new Error('The configuration was expected to be refused');
}

describe('the profiles of image proxies', () => {
  it('are the built-in one where the file has none', () => {
    expect(parse('').imageProxies).toEqual([novaProfile]);
    expect(parse('image_proxies:\n').imageProxies).toEqual([novaProfile]);
  });

  it('are a line of YAML for each other model', () => {
    const { imageProxies } = parse(
      'image_proxies:\n  - {name: claude, shorter_side: 1092, formats: [jpeg], quality: 90}\n',
    );
    expect(imageProxies).toEqual([
      { name: 'nova', shorterSide: 896, formats: ['JPEG', 'PNG'], quality: 85 },
      { name: 'claude', shorterSide: 1092, formats: ['JPEG'], quality: 90 },
    ]);
  });

  it('take over the built-in one by its name', () => {
    expect(parse('image_proxies: [{name: nova, shorter_side: 448}]\n').imageProxies).toEqual([
      { ...novaProfile, shorterSide: 448 },
    ]);
  });

  it('are refused with every fault', () => {
    expect(
      faultsOf(`image_proxies:
  - {name: Claude 3, shorter_side: 0}
  - {name: b, shorter_side: 1.5, formats: []}
  - {name: c, shorter_side: 9, formats: [webp], quality: 101}
`),
    ).toEqual([
      ['image_proxies[0].name', expect.stringContaining('lower case')],
      ['image_proxies[0].shorter_side', expect.stringContaining('from 1')],
      ['image_proxies[1].shorter_side', expect.stringContaining('whole number')],
      ['image_proxies[1].formats', expect.stringContaining('at least one')],
      ['image_proxies[2].formats[0]', 'jpeg or png'],
      ['image_proxies[2].quality', expect.stringContaining('1 to 100')],
    ]);
    expect(faultsOf('image_proxies: [{name: a, shorter_side: 9}, {name: a, shorter_side: 8}]\n')).toEqual([
      ['image_proxies', 'names that all differ'],
    ]);
  });

  it('warn of keys that mean nothing', () => {
    expect(parse('image_proxies: [{name: a, shorter_side: 9, qualty: 3}]\n').warnings).toEqual([
      'image_proxies[0].qualty (line 4) is no known key and is ignored; did you mean quality?',
    ]);
  });
});
