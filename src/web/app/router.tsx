import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { base } from '../api/execute.ts';
import { AllPage, CategoryPage, ItemPage, TrashPage } from '../gallery/pages.tsx';
import { readView } from '../list/view.ts';
import { FoldersPage, GroupsPage } from '../places/lazy-places.tsx';
import { NothingHere } from '../ui/nothing-here.tsx';
import { FailurePage } from './failure-page.tsx';
import { readSearch, writeSearch } from './search-parameters.ts';
import { Shell } from './shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NothingHere, errorComponent: FailurePage });

const all = createRoute({ getParentRoute: () => root, path: '/', validateSearch: readView, component: AllPage });
const category = createRoute({
  getParentRoute: () => root,
  path: '/c/$category',
  validateSearch: readView,
  component: CategoryPage,
});
const folders = createRoute({
  getParentRoute: () => root,
  path: '/c/$category/folders/$',
  validateSearch: readView,
  component: FoldersPage,
});
const groups = createRoute({ getParentRoute: () => root, path: '/c/$category/groups/$', component: GroupsPage });
const trash = createRoute({
  getParentRoute: () => root,
  path: '/trash',
  validateSearch: readView,
  component: TrashPage,
});
const item = createRoute({ getParentRoute: () => root, path: '/item/$id', component: ItemPage });

/** The addresses of the page; the service answers each of them with the page (`page-routes.ts`). */
export const router = createRouter({
  routeTree: root.addChildren([all, category, folders, groups, trash, item]),
  basepath: base.pathname,
  defaultPreload: false,
  scrollRestoration: false,
  parseSearch: readSearch,
  stringifySearch: writeSearch,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
