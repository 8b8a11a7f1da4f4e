import { resolveIdsAtOnce } from './resolve-ids-at-once.ts';
import type { GraphQLSchema } from 'graphql';
import { builder } from './builder.ts';
import './scalars.ts';
import './error-interface.ts';
import '../catalogue/category.schema.ts';
import '../catalogue/media-changed.schema.ts';
import '../catalogue/media-item.schema.ts';
import '../catalogue/media-query.schema.ts';
import '../catalogue/update-media.schema.ts';
import '../config/media-config.schema.ts';
import '../delivery/picture-urls.schema.ts';
import '../ingest/duplicate-of.schema.ts';
import '../ingest/upload-media.schema.ts';
import '../jobs/jobs.schema.ts';
import '../removal/removal.schema.ts';
import '../hashing/hash.schema.ts';
import '../legacy/legacy.schema.ts';
import '../models/model.schema.ts';
import '../models/model-query.schema.ts';
import '../models/upload-model-image.schema.ts';
import '../scan/scan.schema.ts';
import '../scan/scan-info.schema.ts';
import '../status/service-status.schema.ts';

/** The whole schema, from the `*.schema.ts` of every domain. */
export const schema: GraphQLSchema = resolveIdsAtOnce(builder.toSchema());
