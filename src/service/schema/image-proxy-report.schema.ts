import { builder } from './builder.ts';
import { savingsPercent, type ImageProxyReport } from '../../library/image-proxies/image-proxy-report.ts';

export const ImageProxyReportType = builder.objectRef<ImageProxyReport>('ImageProxyReport').implement({
  description: 'What a batch did, or for a dry run would do; or how things stand in the library.',
  fields: (t) => ({
    totalImages: t.exposeInt('totalImages', { description: 'Images that were looked at.' }),
    needsResize: t.exposeInt('needsResize', { description: 'Those that are larger than the profile wants.' }),
    noResizeNeeded: t.exposeInt('noResizeNeeded', { description: 'Those that are small enough as they are.' }),
    proxiesCreated: t.exposeInt('proxiesCreated', {
      description: 'Proxies that were made; of the library, images that have one of their present file.',
    }),
    proxiesSkipped: t.exposeInt('proxiesSkipped', {
      description: 'What needs none, has one, or is no image; of the library, images that need none and have none.',
    }),
    errors: t.exposeInt('errors', {
      description: 'Images that failed, which are the itemErrors of the job; of the library, those without a size.',
    }),
    totalOriginalBytes: t.expose('totalOriginalBytes', {
      type: 'SafeInt',
      description: 'Of the images with a proxy from this.',
    }),
    totalProxyBytes: t.expose('totalProxyBytes', {
      type: 'SafeInt',
      description: 'Of their proxies; in a dry run an estimate.',
    }),
    savingsPercent: t.float({
      description: 'How much smaller the proxies are, to one decimal.',
      resolve: ({ totalOriginalBytes, totalProxyBytes }) => savingsPercent(totalOriginalBytes, totalProxyBytes),
    }),
    remainsRemoved: t.exposeInt('remainsRemoved', {
      description: 'Proxies, files and uploaded objects of images that are gone, and that were removed.',
    }),
  }),
});
