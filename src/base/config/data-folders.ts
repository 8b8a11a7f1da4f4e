/** What the service's own folders below DATA_DIR are called. */
export const dataFolders = {
  images: 'images',
  proxies: 'proxy_image',
  incoming: 'incoming',
  legacy: 'legacy',
  fetched: 'fetched',
  thumbnails: 'thumbnails',
} as const;
