import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseMediaConfig } from '../../../src/base/config/parse-media-config.ts';

const path = '/opt/mediashelf/config/watch_media_dirs.yml';
const movies = '{key: movies, label: Movies, default: true, root_path: /srv/movies}';

describe('parseMediaConfig', () => {
  it('loads ten categories with Windows paths, inheritance, hierarchies and free-form blocks', () => {
    const config = parseMediaConfig(readText('../../fixtures/config/ten-categories.yml'), path);
    const videos = ['**/*.mp4', '**/*.mkv', '**/*.avi'];
    const junk = ['**/.DS_Store', '**/*.nfo', '**/Thumbs.db'];
    const inherited = {
      isDefault: false,
      mediaType: 'VIDEO',
      storageFormat: 'COLLECTION',
      rootMarker: true,
      includePatterns: videos,
      excludePatterns: junk,
      hierarchyLevels: [],
      playback: null,
      ui: null,
    };
    expect(config.categories).toEqual([
      {
        ...inherited,
        key: 'movies',
        label: 'Movies',
        isDefault: true,
        rootPath: 'T:/Movies',
        copypartyPath: '/movies',
        playback: { profile: 'cinema', allow_hls: true },
        ui: { sort: 'title', layout: 'poster-grid' },
      },
      {
        ...inherited,
        key: 'tv_series',
        label: 'TV Series',
        storageFormat: 'SERIES',
        rootPath: 'T:/TV Shows',
        copypartyPath: '/tv_series',
        hierarchyLevels: [
          { name: 'series', key: 'series' },
          { name: 'season', key: 'season' },
          { name: 'episode', key: 'episode' },
        ],
        playback: { profile: 'binge', autoplay_next: true, skip: { intro_seconds: 90, recap: null } },
      },
      {
        ...inherited,
        key: 'anime',
        label: 'Anime',
        storageFormat: 'SERIES',
        rootPath: 'T:\\Anime',
        copypartyPath: '/anime',
        rootMarker: true,
        includePatterns: ['**/*.mkv'],
        hierarchyLevels: [
          { name: 'show', key: 'series' },
          { name: 'episode', key: 'episode' },
        ],
      },
      {
        ...inherited,
        key: 'documentaries',
        label: 'Documentaries',
        rootPath: 'D:\\Video\\Documentaries',
        copypartyPath: '/documentaries',
      },
      {
        ...inherited,
        key: 'stand-up',
        label: 'Stand-up & Comedy',
        rootPath: '\\\\nas\\media\\Stand-up',
        copypartyPath: '/stand-up',
      },
      {
        ...inherited,
        key: 'music',
        label: 'Music',
        mediaType: 'AUDIO',
        storageFormat: 'GROUP',
        rootPath: 'M:/Music',
        copypartyPath: '/music',
        rootMarker: true,
        includePatterns: ['**/*.flac', '**/*.mp3'],
        excludePatterns: [],
        hierarchyLevels: [
          { name: 'artist', key: 'artist' },
          { name: 'album', key: 'album' },
        ],
        ui: { sort: 'track', columns: ['title', 'artist', 3] },
      },
      {
        ...inherited,
        key: 'audiobooks',
        label: 'Audiobooks',
        mediaType: 'AUDIO',
        storageFormat: 'GROUP',
        rootPath: 'M:/Audiobooks',
        copypartyPath: '/audiobooks',
        rootMarker: true,
        includePatterns: ['**/*.m4b'],
      },
      {
        ...inherited,
        key: 'photos',
        label: 'Photos',
        mediaType: 'IMAGE',
        storageFormat: 'ITEM',
        rootPath: 'P:/Photos',
        copypartyPath: '/pictures',
        rootMarker: true,
        includePatterns: ['**/*.jpg', '**/*.png'],
      },
      {
        ...inherited,
        key: 'clips',
        label: 'Clips',
        mediaType: 'IMAGE',
        rootPath: '/opt/mediashelf/clips',
        copypartyPath: '/clips',
      },
      {
        ...inherited,
        key: 'home.videos',
        label: 'Домашнее видео',
        rootPath: '/srv/media/Home',
        copypartyPath: '/home.videos',
      },
    ]);
    expect(config).toMatchObject({ path, version: 2, strict: true, allowMissing: true, warnings: [] });
    expect(config.defaultCategory).toBe(config.categories[0]);
  });

  it('loads the example of the repository without a warning', () => {
    const config = parseMediaConfig(readText('../../../config/watch_media_dirs.example.yml'), path);
    expect(config.warnings).toEqual([]);
    expect(config.categories.map(({ key, mediaType, rootPath }) => [key, mediaType, rootPath])).toEqual([
      ['movies', 'VIDEO', '/srv/media/Movies'],
      ['tv_series', 'VIDEO', '/srv/media/TV Shows'],
      ['music', 'AUDIO', '/opt/mediashelf/media/music'],
      ['photos', 'IMAGE', '/opt/mediashelf/media/photos'],
    ]);
  });

  it('needs no defaults: a category picks up the common extensions of its media type and leaves nothing out', () => {
    const config = parse(`[${movies}, {key: music, label: Music, media_type: audio, root_path: /srv/music}]`);
    const [video, audio] = config.categories;
    expect(video).toMatchObject({ mediaType: 'VIDEO', storageFormat: 'COLLECTION', excludePatterns: [] });
    expect(video?.includePatterns).toEqual(expect.arrayContaining(['**/*.mp4', '**/*.mkv']));
    expect(audio?.includePatterns).toEqual(expect.arrayContaining(['**/*.mp3', '**/*.flac']));
    expect(audio?.includePatterns).not.toContain('**/*.mp4');
    expect(config).toMatchObject({ strict: true, allowMissing: false });
  });

  it('takes a default for each key that the defaults lack', () => {
    const { categories } = parse(`[${movies}]`, 'defaults: {media_type: image, exclude_patterns: ["**/x"]}');
    expect(categories[0]).toMatchObject({ mediaType: 'IMAGE', excludePatterns: ['**/x'] });
    expect(categories[0]?.includePatterns).toContain('**/*.jpg');
  });

  it('takes litter into the categories that want it, by themselves or by the defaults', () => {
    const others = '{key: a, label: A, root_path: /a, exclude_litter: true}, {key: b, label: B, root_path: /b}';
    const { categories } = parse(`[${movies}, ${others}]`, 'defaults: {exclude_litter: no}');
    expect(categories.map(({ includesLitter }) => includesLitter)).toEqual([true, undefined, true]);
    expect(parse(`[${movies}]`).categories[0]?.includesLitter).toBeUndefined();
  });

  it('lets the first category be the default where that is not strict and none says so', () => {
    const text = '[{key: a, label: A, root_path: /a}, {key: b, label: B, root_path: /b}]';
    const config = parse(text, 'validation: {strict: false}');
    expect(config.defaultCategory.key).toBe('a');
    expect(config.categories.map(({ isDefault }) => isDefault)).toEqual([true, false]);
  });

  it('unfolds merge keys and takes the yes and no of YAML 1.1 for booleans', () => {
    const config = parse(
      '[{<<: *base, key: a, root_path: /a, default: yes}, {<<: *base, key: b, root_path: /b, default: off}]',
      'defaults: {ui: &base {label: Shared}}',
    );
    expect(config.categories.map(({ key, label, isDefault }) => ({ key, label, isDefault }))).toEqual([
      { key: 'a', label: 'Shared', isDefault: true },
      { key: 'b', label: 'Shared', isDefault: false },
    ]);
  });

  describe('warns', () => {
    it('of unknown keys at every level, with the known key that was meant', () => {
      const config = parseMediaConfig(
        `version: 2
defaults: {media_typ: video}
categories:
  - key: movies
    label: Movies
    default: true
    root_path: /srv/movies
    includes_patterns: ["**/*.mp4"]
    colour: red
    hierarchy: {levels: [{name: a, key: b, keys: c}], depth: 3}
    ui: {anything: goes}
validation: {strct: true}
catgories: []
`,
        path,
      );
      expect(config.warnings).toEqual([
        'defaults.media_typ (line 2) is no known key and is ignored; did you mean media_type?',
        'categories[0].includes_patterns (line 8) is no known key and is ignored; did you mean include_patterns?',
        expect.stringMatching(
          /^categories\[0\]\.colour \(line 9\) is no known key and is ignored; known there: key, label, default, root_path/,
        ),
        'categories[0].hierarchy.levels[0].keys (line 10) is no known key and is ignored; did you mean key?',
        'categories[0].hierarchy.depth (line 10) is no known key and is ignored; known there: levels.',
        'validation.strct (line 12) is no known key and is ignored; did you mean strict?',
        'catgories (line 13) is no known key and is ignored; did you mean categories?',
      ]);
    });

    it('of roots that overlap once they are resolved', () => {
      const { warnings } = parse(`[${movies}, {key: b, label: B, root_path: ../../srv/movies/new/}]`);
      expect(warnings).toEqual([
        'The root of b, /srv/movies/new, lies inside that of movies: a file there is catalogued once for each of them.',
      ]);
    });

    it('of tags that mean nothing', () => {
      expect(parse(`[${movies}]`, 'defaults: {ui: !theme dark}').warnings).toEqual(['Line 2: Unresolved tag: !theme.']);
    });
  });
});

function readText(relativePath: string): string {
  return readFileSync(new URL(relativePath, import.meta.url), 'utf8');
}

function parse(categories: string, before = '# no defaults') {
  return parseMediaConfig(`version: 2\n${before}\ncategories: ${categories}\n`, path);
}
