import type { JobKind, JobStatus } from '../generated/graphql.ts';

export const jobKinds = [
  'SCAN',
  'BULK',
  'IMAGE_PROXY',
  'HASH',
  'LEGACY_MIGRATION',
] as const satisfies readonly JobKind[];

export const outcomes = [
  'HELD',
  'FAILED',
  'SUCCEEDED_WITH_ERRORS',
  'SUCCEEDED',
  'CANCELLED',
] as const satisfies readonly JobStatus[];

/** What an address of the list of jobs narrows it to. */
export interface JobsView {
  kind?: (typeof jobKinds)[number] | undefined;
  outcome?: (typeof outcomes)[number] | undefined;
}

/** Reads it from the parameters of an address; what makes no sense is left out. */
export function readJobsView({ kind, outcome }: Record<string, unknown>): JobsView {
  return { kind: jobKinds.find((each) => each === kind), outcome: outcomes.find((each) => each === outcome) };
}
