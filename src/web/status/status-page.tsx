import { describeFailure } from '../api/describe-failure.ts';
import { useOperation } from '../api/use-operation.ts';
import { useIsAdmin, useViewer } from '../api/use-viewer.ts';
import { Notice } from '../ui/notice.tsx';
import { Failure, Part, Sheet } from '../ui/sheet.tsx';
import { statusTexts } from '../words/status.ts';
import { Components, troublesOf } from './components.tsx';
import { Configuration } from './configuration.tsx';
import { Disks } from './disks.tsx';
import { ComponentsDocument, DisksDocument } from './documents.ts';
import { Facts } from './facts.tsx';

/** The service looks at its parts at most every two seconds. */
const everyMs = 4_000;

/** What the service depends on and how it does, as it is now: asked again every few seconds. */
export function StatusPage() {
  const { viewer } = useViewer();
  const isAdmin = useIsAdmin();
  const components = useOperation(ComponentsDocument, undefined, { refetchInterval: everyMs });
  const disks = useOperation(
    DisksDocument,
    { seesPaths: isAdmin },
    { refetchInterval: everyMs, enabled: viewer !== null },
  );
  const status = components.data?.serviceStatus;
  if (status === undefined) {
    return components.error === null ? null : <Notice text={describeFailure(components.error)} />;
  }
  const silence = components.failureReason;
  const troubles = [...troublesOf(status), ...(disks.data?.categories ?? []).filter(isAway).map(({ label }) => label)];
  return (
    <Sheet title={statusTexts.title}>
      <p role="status">
        {silence === null
          ? troubles.length === 0
            ? statusTexts.allWorks
            : statusTexts.troubles(troubles)
          : statusTexts.silent(new Date(components.dataUpdatedAt).toISOString())}
      </p>
      <Components status={status} />
      <Disks disks={disks.data} />
      {disks.error !== null && <Failure text={describeFailure(disks.error)} />}
      <Part title={statusTexts.service.title}>
        <Facts status={status} queue={disks.data?.serviceStatus.queue} />
      </Part>
      {isAdmin && <Configuration />}
    </Sheet>
  );
}

function isAway({ state }: { state: string }): boolean {
  return state === 'OFFLINE';
}
