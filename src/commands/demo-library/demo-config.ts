/** Roots are relative to the folder above the configuration's: the library can be moved. */
export const demoConfig = `# The demo library. Change what you like: \`mediashelf demo\` leaves existing files alone.
version: 2

defaults:
  media_type: video
  storage_format: collection
  exclude_patterns: ["**/.DS_Store", "**/*.nfo"]

categories:
  - key: movies
    label: Movies
    default: true
    root_path: Movies
    include_patterns: ["**/*.mp4", "**/*.webm", "**/*.mkv"]
    ui: { layout: poster-grid, sort: title }

  - key: tv_series
    label: TV Series
    storage_format: series
    root_path: TV Shows
    include_patterns: ["**/*.mp4", "**/*.webm", "**/*.mkv"]
    hierarchy:
      levels:
        - { name: series, key: series }
        - { name: season, key: season }
        - { name: episode, key: episode }

  - key: music
    label: Music
    media_type: audio
    storage_format: group
    root_path: Music
    include_patterns: ["**/*.wav", "**/*.mp3", "**/*.flac", "**/*.ogg", "**/*.m4a"]
    hierarchy:
      levels:
        - { name: artist, key: artist }
        - { name: album, key: album }
        - { name: track, key: track }

  - key: photos
    label: Photos
    media_type: image
    root_path: Photos
    include_patterns: ["**/*.jpg", "**/*.jpeg", "**/*.png", "**/*.webp", "**/*.avif", "**/*.heic", "**/*.tif"]

validation:
  strict: true
  allow_missing: false
`;
