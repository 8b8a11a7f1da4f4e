import { createRootRoute } from '@tanstack/react-router';
import { NothingHere } from '../ui/nothing-here.tsx';
import { FailurePage } from './failure-page.tsx';
import { Shell } from './shell.tsx';

export const rootRoute = createRootRoute({
  component: Shell,
  notFoundComponent: NothingHere,
  errorComponent: FailurePage,
});
