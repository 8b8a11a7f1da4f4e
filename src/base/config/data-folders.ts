/** Names of the service's own folders below DATA_DIR. */
export const dataFolders = {
  images: 'images',
  proxies: 'proxy_image',
  incoming: 'incoming',
  finishedUploads: 'finished_uploads',
  legacy: 'legacy',
  fetched: 'fetched',
  thumbnails: 'thumbnails',
  storyboards: 'storyboards',
} as const;
