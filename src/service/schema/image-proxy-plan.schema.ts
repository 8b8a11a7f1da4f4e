import { maxPageSize, toPageRequest } from '../../base/paging.ts';
import type { ProxyPlanEntry } from '../../library/image-proxies/proxy-plan.ts';
import { builder } from './builder.ts';
import { ImageProxyJob } from './image-proxy-job.schema.ts';
import { MediaItem } from './media-item.schema.ts';
import { toConnection } from './to-connection.ts';

const ImageProxyPlanEntry = builder.objectRef<ProxyPlanEntry>('ImageProxyPlanEntry').implement({
  description: 'One image of which a proxy would be made.',
  fields: (t) => ({
    category: t.exposeString('category', { description: 'The key of the category whose root holds the image.' }),
    path: t.exposeString('relativePath', { description: 'From that root.' }),
    sizeBytes: t.expose('sizeBytes', { type: 'SafeInt', description: "The image's size." }),
    item: t.field({
      type: MediaItem,
      nullable: true,
      description: 'The item as it is now.',
      resolve: ({ itemId }, _args, { catalogue }) => catalogue.find(itemId),
    }),
  }),
});

builder.objectField(ImageProxyJob, 'plan', (t) =>
  t.connection(
    {
      type: ImageProxyPlanEntry,
      description:
        'Of a dry run: the images of which it would make proxies. The plans of the newest ten are kept. 50 a page unless ' +
        `told otherwise, at most ${maxPageSize}.`,
      resolve: async ({ id }, page, { imageProxies }) =>
        toConnection(await imageProxies.batches.plan(id, toPageRequest(page))),
    },
    { name: 'ImageProxyPlanConnection' },
    { name: 'ImageProxyPlanEdge' },
  ),
);
