import { createRoute, createRouter } from '@tanstack/react-router';
import { base } from '../api/execute.ts';
import { AllPage, CategoryPage, ItemPage } from '../gallery/pages.tsx';
import { readView } from '../list/view.ts';
import { lazyRoutes } from './lazy-routes.ts';
import { rootRoute } from './root-route.ts';
import { readSearch, writeSearch } from './search-parameters.ts';

const getParentRoute = () => rootRoute;

const all = createRoute({ getParentRoute, path: '/', validateSearch: readView, component: AllPage });
const category = createRoute({
  getParentRoute,
  path: '/c/$category',
  validateSearch: readView,
  component: CategoryPage,
});
const item = createRoute({ getParentRoute, path: '/item/$id', component: ItemPage });

/** The addresses of the page; the service answers each of them with the page (`page-routes.ts`). */
export const router = createRouter({
  routeTree: rootRoute.addChildren([all, category, item, ...lazyRoutes]),
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
