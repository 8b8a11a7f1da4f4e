import { getRouteApi } from '@tanstack/react-router';
import { queryClient } from '../api/query-client.ts';
import type { Category } from '../api/use-categories.ts';
import { useChange } from '../gallery/use-change.ts';
import type { GroupQuery } from '../generated/graphql.ts';
import { readView } from '../list/view.ts';
import { Viewer } from '../viewer/lazy-viewer.tsx';
import { GroupItems } from './group-items.tsx';
import { useGroupList } from './use-group-list.ts';

const route = getRouteApi('/c/$category/groups/$');

interface LeafPageProps {
  category: Category;
  group: NonNullable<GroupQuery['group']>;
}

/** A season or an album, with the viewer above it. */
export function LeafPage({ category, group }: LeafPageProps) {
  const { item } = readView({ ...route.useSearch() });
  const change = useChange();
  const list = useGroupList(category.key, group.key, group.itemCount);
  return (
    <>
      <GroupItems
        group={group}
        list={list}
        isMusic={category.mediaType === 'AUDIO'}
        onOpen={(id) => change({ item: id })}
      />
      {item !== undefined && (
        <Viewer
          id={item}
          list={list}
          filter={{ categories: [category.key] }}
          order={{ field: 'HIERARCHY', direction: 'ASC' }}
          onShow={(id) => change({ item: id }, { replace: true })}
          onClose={() => change({ item: undefined }, { replace: true })}
          onChanged={() => void queryClient.invalidateQueries()}
        />
      )}
    </>
  );
}
