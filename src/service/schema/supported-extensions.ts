import type { MediaConfig } from '../../base/config/media-config.ts';

/** Returns the extensions that the include patterns of all categories name, in lower case with their dot, sorted. */
export function supportedExtensions({ categories }: Pick<MediaConfig, 'categories'>): string[] {
  const patterns = categories.flatMap((category) => category.includePatterns);
  const extensions = patterns.flatMap(extensionsOf);
  return [...new Set(extensions)].sort();
}

/** Reads the extensions of a pattern such as `**\/*.mp4` or `*.{jpg,jpeg}`; any other pattern names none. */
function extensionsOf(pattern: string): string[] {
  const [, braces, plain] = /\*\.(?:\{([^{}*?[\]]+)\}|([^{}*?[\]/.]+))$/.exec(pattern) ?? [];
  const names = braces?.split(',') ?? (plain === undefined ? [] : [plain]);
  return names.map((name) => `.${name.trim().toLowerCase()}`);
}
