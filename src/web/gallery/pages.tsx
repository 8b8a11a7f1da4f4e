import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo } from 'react';
import { useMayEdit } from '../api/use-viewer.ts';
import { useCategories } from '../api/use-categories.ts';
import { texts } from '../words/texts.ts';
import { NothingHere } from '../ui/nothing-here.tsx';
import { foreseeList } from '../media/use-list.ts';
import { defaultOrder, readView, toFilter, toOrder, type View, type ViewChange } from '../list/view.ts';
import { Gallery } from './gallery.tsx';
import { useChange } from './use-change.ts';

// The list comes first.
const HomeNotes = lazy(async () => ({ default: (await import('./home-notes.tsx')).HomeNotes }));

const allRoute = getRouteApi('/');
const categoryRoute = getRouteApi('/c/$category');
const itemRoute = getRouteApi('/item/$id');

/** All media, or those that an address filters. */
export function AllPage() {
  const view = useView(allRoute.useSearch());
  const change = useChange();
  const mayEdit = useMayEdit();
  const title = view.fav === true ? texts.nav.favourites : texts.nav.all;
  const empty = view.fav === true ? texts.list.empty.favourites : texts.list.empty.library;
  const isHome = mayEdit && Object.keys(view).length === 0;
  return (
    <Gallery
      view={view}
      onChange={change}
      title={title}
      empty={empty}
      usual={defaultOrder(undefined, null)}
      above={
        isHome && (
          <Suspense>
            <HomeNotes />
          </Suspense>
        )
      }
    />
  );
}

/** Asks for the list of all media as an address shows it, while the page is still being built. */
export function foreseeAll(search: View): void {
  const view = readView({ ...search });
  foreseeList(toFilter(view), toOrder(view, defaultOrder(undefined, null)));
}

/** One category, as its configuration wishes it to be shown. */
export function CategoryPage() {
  const { category: key } = categoryRoute.useParams();
  const view = useView(categoryRoute.useSearch());
  const change = useChange();
  const { categories, isKnown } = useCategories();
  const category = categories.find((each) => each.key === key);
  if (category === undefined) return isKnown ? <NothingHere /> : null;
  return (
    <Gallery
      key={key}
      view={view}
      onChange={change}
      category={category}
      title={category.label}
      empty={texts.list.empty.category(category.label)}
      usual={defaultOrder(category.mediaType, category.ui)}
    />
  );
}

/** One item, as a link leads to it: the viewer above the list that has it. */
export function ItemPage() {
  const { id } = itemRoute.useParams();
  const navigate = useNavigate();
  const onChange = (change: ViewChange) => {
    if ('item' in change && change.item === undefined) void navigate({ to: '/', replace: true });
    else if (change.item !== undefined) void navigate({ to: '/item/$id', params: { id: change.item }, replace: true });
  };
  return (
    <Gallery
      view={{ item: id }}
      onChange={onChange}
      title={texts.nav.all}
      empty={texts.list.empty.library}
      usual={defaultOrder(undefined, null)}
    />
  );
}

/** The view that an address means: the router hands on what makes no sense, too. */
function useView(search: View): View {
  return useMemo(() => readView({ ...search }), [search]);
}
