import { hideThenables } from './hide-thenables.ts';
import { limitLists } from './limit-lists.ts';
import { traceRootFields } from './trace-root-fields.ts';
import { resolveIdsAtOnce } from './check-node-ids.ts';
import type { GraphQLSchema } from 'graphql';
import { builder } from './builder.ts';
import './scalars.ts';
import './error-interface.ts';
import './viewer.schema.ts';
import './category.schema.ts';
import './media-changed.schema.ts';
import './media-item.schema.ts';
import './captured-at.schema.ts';
import './media-facts.schema.ts';
import './media-words.schema.ts';
import './companions.schema.ts';
import './media-query.schema.ts';
import './media-timeline.schema.ts';
import './media-folders.schema.ts';
import './media-facets.schema.ts';
import './update-media.schema.ts';
import './bulk.schema.ts';
import './media-config.schema.ts';
import './archive-urls.schema.ts';
import './picture-urls.schema.ts';
import './duplicate-of.schema.ts';
import './upload-media.schema.ts';
import './job-item.schema.ts';
import './jobs.schema.ts';
import './removal.schema.ts';
import './hash.schema.ts';
import './legacy.schema.ts';
import './model.schema.ts';
import './model-query.schema.ts';
import './upload-model-image.schema.ts';
import './image-proxy.schema.ts';
import './image-proxies.schema.ts';
import './image-proxy-plan.schema.ts';
import './analysis.schema.ts';
import './scan.schema.ts';
import './scan-info.schema.ts';
import './scan-plan.schema.ts';
import './service-status.schema.ts';
import './trash.schema.ts';

/** The whole schema, built from the `*.schema.ts` of every domain. */
export const schema: GraphQLSchema = traceRootFields(
  hideThenables(limitLists(resolveIdsAtOnce(builder.toSchema()))),
);
