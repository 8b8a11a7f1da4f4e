import { mediaNumberOf, rowNumberOf } from '../../base/public-id.ts';
import type { MediaRecord } from '../../library/catalogue/sql/media-rows.ts';
import { hashOfConflict } from '../../library/hashing/model-conflict.ts';
import { builder } from './builder.ts';
import { JobItemErrorType, type ItemErrorOfJob } from './job.schema.ts';
import type { Loaders } from './loaders.ts';
import { MediaItem } from './media-item.schema.ts';
import { Model, PendingImport } from './model.schema.ts';

builder.objectFields(JobItemErrorType, (t) => ({
  media: t.field({
    type: MediaItem,
    nullable: true,
    description: 'The media item that failed, as it is now; null where it is gone, and where something else failed.',
    resolve: (error, _args, { load }) => findMedia(error, load),
  }),
  model: t.field({
    type: Model,
    nullable: true,
    description:
      'The model record of the file or of the row that failed, or that has the hash already; null where there is none.',
    async resolve(error, _args, { load }) {
      if (error.sha256 !== null) return load.model(error.sha256);
      const conflicting = error.jobKind === 'HASH' ? hashOfConflict(error) : null;
      if (conflicting !== null) return load.model(conflicting);
      const ofPath = error.jobKind === 'HASH' ? await load.modelOfPath(error.item) : null;
      if (ofPath !== null) return ofPath;
      const media = await findMedia(error, load);
      return media === null || media.sha256 === null ? null : load.model(media.sha256);
    },
  }),
  pendingImport: t.field({
    type: PendingImport,
    nullable: true,
    description: 'The record that waits for the hash of the file that failed, or is the row that failed; null where there is none.',
    resolve(error, _args, { load }) {
      if (error.jobKind === 'HASH') return load.pendingOfPath(error.item);
      const id = error.jobKind === 'LEGACY_MIGRATION' ? rowNumberOf(/^models\/(\d+)/.exec(error.item)?.[1] ?? '') : null;
      return id === null ? null : load.pendingImport(id);
    },
  }),
}));

/** Jobs name their items by path, or by the ID of one that they were given. */
function findMedia({ jobKind, item }: ItemErrorOfJob, load: Loaders): Promise<MediaRecord | null> | null {
  if (jobKind === 'LEGACY_MIGRATION') return null;
  const id = item.includes('/') ? null : mediaNumberOf(item);
  return id === null ? load.mediaByName(item) : load.mediaIfThere(id);
}
