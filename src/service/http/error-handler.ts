import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, ServiceBusyError } from '../../base/errors/domain-error.ts';
import { domainErrorOf } from '../../base/errors/domain-error-of.ts';
import { challenge } from './authorize.ts';
import { sendProblem, type Problem } from './problem.ts';

type ErrorLog = Pick<FastifyBaseLogger, 'warn' | 'error'>;

/**
 * Creates the error handler of the byte routes. Domain errors are sent to the client as they are, and so is what
 * Fastify finds wrong with a request; any other error is a fault of the service, whose details are only logged.
 */
export function createErrorHandler(log: ErrorLog) {
  return (thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const error = domainErrorOf(thrown) ?? thrown;
    const problem = toProblem(error, request.id);
    const entry = { err: error, requestId: request.id, url: request.url };
    if (error instanceof ServiceBusyError) log.warn(entry, 'a request was refused');
    else if (problem.status >= 500) log.error(entry, 'a byte route failed');
    else if (problem.status === 403) log.warn(entry, 'a byte route refused');
    return sendProblem(challenge(reply, error), problem);
  };
}

function toProblem(error: unknown, requestId: string): Problem {
  if (error instanceof DomainError) {
    const wait = 'retryAfterSeconds' in error ? { retryAfterSeconds: Number(error.retryAfterSeconds) } : {};
    return { status: error.httpStatus, detail: error.message, code: error.code, ...wait };
  }
  if (isRequestError(error)) {
    return { status: error.statusCode, detail: error.message, code: error.code };
  }
  return {
    status: 500,
    detail: `The service failed; its log says why under the request ${requestId}.`,
    code: 'INTERNAL_ERROR',
  };
}

function isRequestError(error: unknown): error is { statusCode: number; message: string; code: string } {
  if (!(error instanceof Error && 'statusCode' in error && 'code' in error)) return false;
  return Number(error.statusCode) >= 400 && Number(error.statusCode) < 500;
}
