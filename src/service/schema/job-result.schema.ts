import { errorTypeMap, wrapOrThrow } from '@pothos/plugin-errors';
import type { DomainError } from '../../base/errors/domain-error.ts';
import { builder } from './builder.ts';
import type { JobRecord } from '../../library/jobs/job-record.ts';
import { jobTypeNames } from './job-types.ts';

type ErrorClass = new (...args: never[]) => DomainError;
type JobObjectRef = ReturnType<typeof builder.objectRef<JobRecord>>;

/**
 * Makes the result of a mutation that answers a job of any kind or one of these errors. The errors plugin makes such
 * unions only for object types: a union has no interfaces as members, so the members here are all types of jobs.
 */
export function jobResult(name: string, description: string, errors: ErrorClass[]) {
  const type = builder.unionType(name, {
    description,
    // The types are given by name, as they belong to domains that build on this one. Pothos accepts such names, but its
    // types know only those that the schema types list: hence the cast.
    types: () => [...existingJobTypes(), ...errors] as unknown as JobObjectRef[],
    resolveType: (value) => (errorTypeMap.get(value) ?? jobTypeNames[value.kind]) as never,
  });
  return {
    type,
    /** Returns the job, or an expected error as data; throws any other error. */
    async resolve(act: () => Promise<JobRecord>): Promise<JobRecord> {
      try {
        return await act();
      } catch (error) {
        return wrapOrThrow(error, errors) as JobRecord;
      }
    },
  };
}

function existingJobTypes(): string[] {
  return Object.values(jobTypeNames).filter((name) => builder.configStore.hasConfig(name as never));
}
