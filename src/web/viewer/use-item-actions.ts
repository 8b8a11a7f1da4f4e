import { useQueryClient } from '@tanstack/react-query';
import { describeFailure } from '../api/describe-failure.ts';
import { useAction } from '../api/use-operation.ts';
import { useMayEdit } from '../api/use-viewer.ts';
import { hideMany, restoreMany } from '../media/bulk.ts';
import { UpdateItemDocument, type Item } from '../media/item-documents.ts';
import { say } from '../ui/say.ts';

interface ItemActions {
  toggleFavourite: () => void;
  hide: () => void;
  restore: () => void;
}

/** What can be done with an item at once. `onHidden` is called when it begins to go, `onChanged` when the list is another one. */
export function useItemActions(item: Item | null, onChanged: () => void, onHidden: () => void): ItemActions {
  const mayEdit = useMayEdit();
  const client = useQueryClient();
  const updating = useAction(UpdateItemDocument);
  const fail = (error: unknown) => say(describeFailure(error));
  const hasChanged = () => {
    onChanged();
    void client.invalidateQueries();
  };
  const act = (run: (it: Item) => void) => () => {
    if (item !== null && mayEdit) run(item);
  };
  return {
    toggleFavourite: act(({ favourite, id }) =>
      updating.mutate(
        { input: { id, favourite: !favourite } },
        { onSuccess: () => void client.invalidateQueries(), onError: fail },
      ),
    ),
    hide: act(({ id }) => {
      void hideMany({ ids: [id] }, hasChanged).then(hasChanged, fail);
      onHidden();
    }),
    restore: act(({ id }) => void restoreMany({ ids: [id] }, hasChanged).then(hasChanged, fail)),
  };
}
