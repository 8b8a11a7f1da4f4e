import { mayAct, useViewer } from '../api/use-viewer.ts';
import type { Job } from './job-facts.ts';

/** Whether the person may stop a job, or have it done again: administrators any, editors what they asked for themselves. */
export function useMayControl({ requestedBy }: Pick<Job, 'requestedBy'>): boolean {
  const { viewer } = useViewer();
  return mayAct(viewer, 'ADMIN') || (mayAct(viewer, 'EDITOR') && viewer?.name === requestedBy);
}
