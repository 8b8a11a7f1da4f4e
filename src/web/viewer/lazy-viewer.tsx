import { lazy, Suspense, type ComponentProps } from 'react';
import { HoldKeys } from '../keys/held-keys.ts';

const LoadedViewer = lazy(async () => ({ default: (await import('./viewer.tsx')).Viewer }));

/** The viewer, which is loaded when the first item is opened: the list comes first. */
export function Viewer(props: ComponentProps<typeof LoadedViewer>) {
  return (
    <Suspense
      fallback={
        <div style={{ position: 'fixed', inset: 0, zIndex: 20, background: '#000' }}>
          <HoldKeys />
        </div>
      }
    >
      <LoadedViewer {...props} />
    </Suspense>
  );
}
