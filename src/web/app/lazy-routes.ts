import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readView } from '../list/view.ts';
import { rootRoute } from './root-route.ts';

const getParentRoute = () => rootRoute;

/** The pages that are loaded when somebody opens them. */
export const lazyRoutes = [
  createRoute({
    getParentRoute,
    path: '/c/$category/folders/$',
    validateSearch: readView,
    component: lazyRouteComponent(() => import('../places/folders-page.tsx'), 'FoldersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/c/$category/groups/$',
    component: lazyRouteComponent(() => import('../places/groups-page.tsx'), 'GroupsPage'),
  }),
] as const;
