import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readJobsView } from '../jobs/jobs-view.ts';
import { readView } from '../list/view.ts';
import { readScanSearch } from '../scans/scan-choice.ts';
import { readModelsView } from '../models/models-view.ts';
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
    validateSearch: readView,
    component: lazyRouteComponent(() => import('../places/groups-page.tsx'), 'GroupsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/status',
    component: lazyRouteComponent(() => import('../status/status-page.tsx'), 'StatusPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/settings',
    component: lazyRouteComponent(() => import('../settings/settings-page.tsx'), 'SettingsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/jobs',
    validateSearch: readJobsView,
    component: lazyRouteComponent(() => import('../jobs/jobs-page.tsx'), 'JobsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/jobs/$id',
    component: lazyRouteComponent(() => import('../jobs/job-page.tsx'), 'JobPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/upload',
    component: lazyRouteComponent(() => import('../uploads/upload-page.tsx'), 'UploadPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/scans/new',
    validateSearch: readScanSearch,
    component: lazyRouteComponent(() => import('../scans/new-scan-page.tsx'), 'NewScanPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/scans/$id',
    component: lazyRouteComponent(() => import('../scans/scan-page.tsx'), 'ScanPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/models',
    validateSearch: readModelsView,
    component: lazyRouteComponent(() => import('../models/models-page.tsx'), 'ModelsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/models/pending',
    component: lazyRouteComponent(() => import('../models/pending-page.tsx'), 'PendingPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/models/$sha256',
    component: lazyRouteComponent(() => import('../models/model-page.tsx'), 'ModelPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/migration',
    component: lazyRouteComponent(() => import('../migration/migration-page.tsx'), 'MigrationPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/proxies',
    component: lazyRouteComponent(() => import('../proxies/proxies-page.tsx'), 'ProxiesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/trash',
    validateSearch: readView,
    component: lazyRouteComponent(() => import('../trash/trash-page.tsx'), 'TrashPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/duplicates',
    component: lazyRouteComponent(() => import('../duplicates/duplicates-page.tsx'), 'DuplicatesPage'),
  }),
] as const;
