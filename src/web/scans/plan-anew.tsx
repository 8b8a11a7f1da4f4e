import { useNavigate } from '@tanstack/react-router';
import { describeFailure } from '../api/describe-failure.ts';
import { useAction } from '../api/use-operation.ts';
import { useIsAdmin } from '../api/use-viewer.ts';
import { startedJob } from '../jobs/job-toast.ts';
import { Button } from '../ui/button.tsx';
import { say } from '../ui/say.ts';
import { scanTexts } from '../words/scans.ts';
import { ScanDocument, type ScanPlan } from './documents.ts';
import { planAgain } from './scan-choice.ts';

/** Makes another plan in the way this one was made, for those who may. */
export function PlanAnew({ scan }: { scan: ScanPlan }) {
  const isAdmin = useIsAdmin();
  const navigate = useNavigate();
  const scanning = useAction(ScanDocument);
  if (!isAdmin) return null;
  const begin = async () => {
    try {
      const { result } = await scanning.mutateAsync({ input: planAgain(scan) });
      await navigate({ to: '/scans/$id', params: { id: startedJob(result).id } });
    } catch (error) {
      say(describeFailure(error));
    }
  };
  return (
    <Button onClick={() => void begin()} disabled={scanning.isPending}>
      {scanTexts.plan.anew}
    </Button>
  );
}
