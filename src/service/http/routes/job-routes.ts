import { Readable } from 'node:stream';
import type { FastifyBaseLogger, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { JobNotFoundError } from '../../../library/jobs/job-errors.ts';
import { writeJobReport } from '../../../library/jobs/job-report.ts';
import { jobIdOf } from '../../schema/job-types.ts';
import type { Jobs } from '../../../library/jobs/jobs.ts';
import { createErrorHandler } from '../error-handler.ts';
import { refuseOtherMethods } from '../refuse-other-methods.ts';

export interface JobRoutesOptions {
  jobs: Pick<Jobs, 'find' | 'itemErrors'>;
  log: Pick<FastifyBaseLogger, 'warn' | 'error'>;
}

/** Serves `GET` and `HEAD` of `/jobs/:id/report.json`: a download of what a job did, with every item that failed. */
export function jobRoutes({ jobs, log }: JobRoutesOptions): FastifyPluginAsync {
  return async (fastify) => {
    fastify.setErrorHandler(createErrorHandler(log));
    refuseOtherMethods(fastify, [url]);
    fastify.route({
      method: ['GET', 'HEAD'],
      url,
      async handler(request: FastifyRequest<{ Params: { id: string } }>, reply) {
        const { id } = request.params;
        const jobId = jobIdOf(id);
        const job = jobId === null ? null : await jobs.find(jobId);
        if (job === null) throw new JobNotFoundError(id);
        reply.headers({
          'content-type': 'application/json; charset=utf-8',
          'content-disposition': `attachment; filename="${job.kind.toLowerCase()}-${job.id}.json"`,
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
        });
        if (request.method === 'HEAD') return reply.send();
        return reply.send(Readable.from(writeJobReport(jobs, job)));
      },
    });
  };
}

const url = '/jobs/:id/report.json';
