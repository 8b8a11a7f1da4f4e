import { ServiceError } from '../api/api-errors.ts';
import { execute } from '../api/execute.ts';
import { queryClient } from '../api/query-client.ts';
import type { UpdateMediaInput } from '../generated/graphql.ts';
import { ItemDocument, UpdateItemDocument, type Item } from './item-documents.ts';

export type ItemChanges = Omit<UpdateMediaInput, 'id'>;

/** Changes an item, and has everything that shows it asked for again. Throws what `execute` does, and ServiceError for what is refused. */
export async function updateItem(id: string, changes: ItemChanges): Promise<void> {
  const { updateMedia } = await execute(UpdateItemDocument, { input: { id, ...changes } });
  if ('message' in updateMedia) {
    const { code, message } = updateMedia;
    throw new ServiceError(message, { code, status: 200, retryAfterSeconds: null });
  }
  void queryClient.invalidateQueries();
}

/** Returns an item as it is at this moment; null where it is gone. */
export async function readItemNow(id: string): Promise<Item | null> {
  const { mediaItem } = await execute(ItemDocument, { id });
  return mediaItem ?? null;
}
