import { bytes, number } from './format.ts';
import { items } from './items.ts';

const photos = (count: number) => items(count, 'photo');
const proxies = (count: number) => items(count, 'proxy', 'proxies');
const share = (percent: number) => `${number(Math.round(percent))} %`;

/** Image proxies: their page, and what is done with them to a selection. */
export const proxyTexts = {
  title: 'Image proxies',
  lead: 'Small stand-ins of large photos, for models that look at no more pixels anyway. The photos themselves are never changed.',
  profile: (name: string) => name.charAt(0).toUpperCase() + name.slice(1),
  shorterSide: (pixels: number) => `for photos over ${number(pixels)} px at the shorter side`,
  coverage: (made: number, needed: number) =>
    needed === 0
      ? made === 0
        ? 'No photo is large enough to need one.'
        : `All ${photos(made)} that need one have one.`
      : `${made === 0 ? 'None' : number(made)} of ${photos(made + needed)} that need one ${made === 1 ? 'has' : 'have'} one.`,
  coverageLabel: (name: string) => `Coverage of ${name}`,
  saved: (proxyBytes: number, originalBytes: number, percent: number) =>
    `These take ${bytes(proxyBytes)} instead of ${bytes(originalBytes)}, ${share(percent)} less.`,
  unread: (count: number) => `The size of ${photos(count)} is not known yet.`,
  need: (count: number) => `${photos(count)} ${count === 1 ? 'needs' : 'need'} one`,
  about: (proxyBytes: number, originalBytes: number) => `about ${bytes(proxyBytes)} instead of ${bytes(originalBytes)}`,
  make: (count: number) => `Make ${proxies(count)}`,
  look: 'See what it saves',
  looking: (done: number, total: number | null) =>
    total === null ? `Looking: ${photos(done)}` : `Looking: ${number(done)} of ${photos(total)}`,
  remains: (count: number) =>
    `${items(count, 'file')} of photos that are gone ${count === 1 ? 'is' : 'are'} left over.`,
  noRemains: 'Nothing is left over of photos that are gone.',
  removeRemains: (count: number) => `Remove ${items(count, 'file')}`,
  withRemains: (count: number) =>
    `${items(count, 'file')} of photos that are gone ${count === 1 ? 'is' : 'are'} removed with it.`,
  waiting: 'Largest first',
  made: 'Original and proxy',
  compare: (title: string) => `Compare ${title} with its proxy`,
  divider: 'How much of the original is seen',
  original: (width: number, height: number, size: number) =>
    `Original: ${number(width)} × ${number(height)}, ${bytes(size)}`,
  proxy: (width: number, height: number, size: number) => `Proxy: ${number(width)} × ${number(height)}, ${bytes(size)}`,
  less: (percent: number) => (percent >= 0 ? `${share(percent)} smaller` : `${share(-percent)} larger`),
  close: 'Close',
  download: 'Open the proxy',
  more: 'Show more',
} as const;
