// What the service does with copyparty, in one module: it is loaded where a copyparty is configured, with undici, which is
// a fifth of all that the service would load.
export { createCopypartyArchives } from './copyparty-archives.ts';
export { createCopypartyTarget } from './copyparty-target.ts';
export { createCopypartyThumbnails } from './copyparty-thumbnails.ts';
export { createIndexNotifier } from './index-notifier.ts';
export { probeCopyparty } from './probe-copyparty.ts';
