import { Catch } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import type { Cors } from './cors.js';
import type { Turns } from './edge/turns.js';
import { problem, problemDocument, type ProblemError } from './problem.js';
import type { RateLimit } from './rate-limit.js';
import { markAnswer, namesOf } from './request-context.js';
import { SparseLines } from './sparse-lines.js';
import { toProblem } from './to-problem.js';

export const PROBLEM_JSON = 'application/problem+json; charset=utf-8';

/** Writes an error as a problem document; what is our own fault is logged with its correlation id. */
export function sendProblem(error: unknown, reply: FastifyReply, logger: Logger): void {
  const failure = toProblem(error);
  const { request } = reply;
  const from = { ...namesOf(request), route: request.routeOptions.url };
  // Expected while a projection catches up, and said by its lag already.
  if (failure.code === 'READ_MODEL.BEHIND') logger.warn({ ...from, ...failure.extra }, failure.code);
  else if (failure.status === 503) tellOutage(failure, from, logger);
  else if (failure.status >= 500) logger.error({ ...from, err: failure.cause ?? failure }, failure.code);
  if (reply.sent) return;
  void reply
    .code(failure.status)
    .headers({ 'cache-control': 'no-store', ...failure.headers })
    .type(PROBLEM_JSON)
    .send(JSON.stringify(problemDocument(failure, request.id)));
}

const sparse = new WeakMap<Logger, SparseLines>();

/** A store that is away or has too much to do: why is enough, and now and then; a stack a request would fill the disk. */
function tellOutage(failure: ProblemError, from: object, logger: Logger): void {
  const lines = sparse.get(logger) ?? new SparseLines();
  sparse.set(logger, lines);
  const leftOut = lines.next(failure.code);
  if (leftOut === null) return;
  logger.warn({ ...from, reason: reasonOf(failure), ...(leftOut > 0 && { leftOut }) }, failure.code);
}

/** Everything that is thrown in a route, a guard or a pipe, and what Fastify itself refuses. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    sendProblem(error, host.switchToHttp().getResponse<FastifyReply>(), this.logger);
  }
}

const reasonOf = ({ cause, detail }: ProblemError): string => (cause instanceof Error ? cause.message : detail);

/** What every answer is given by hooks, which Fastify does not run for an address that cannot be decoded. */
export interface Unhooked {
  readonly rateLimit: RateLimit;
  readonly cors: Cors;
}

/** Errors that Fastify finds before any route and hook. They count as requests too. */
export const frameworkErrorHandler =
  (logger: Logger, { rateLimit, cors }: Unhooked) =>
  (error: Error, request: FastifyRequest, reply: FastifyReply): void => {
    markAnswer(request, reply);
    cors.mark(request, reply);
    sendProblem(rateLimit.refusalOf(request.raw) ?? error, reply, logger);
  };

/** How long a client may take to read why its connection ends, in milliseconds. */
const LINGER_MS = 2_000;

/** What is not even HTTP, or comes too late, gets a problem document too, written to the bare socket. It counts as a request. */
export const answerBrokenHttp =
  ({ rateLimit, turns }: { readonly rateLimit: RateLimit; readonly turns: Turns }) =>
  (error: Error & { code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable || turns.wouldMislead(socket)) return void socket.destroy();
    const failure = rateLimit.refusalOfBroken(socket) ?? failureOf(error);
    const body = JSON.stringify(problemDocument(failure, 'unread'));
    const headers = {
      ...failure.headers,
      'content-type': PROBLEM_JSON,
      'content-length': String(Buffer.byteLength(body)),
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(
      `HTTP/1.1 ${failure.status} ${STATUS_CODES[failure.status]}\r\n${lines.join('')}connection: close\r\n\r\n${body}`,
    );
    // Who does not close it either would have kept the connection for ever.
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
  };

function failureOf({ code }: { readonly code?: string }): ProblemError {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return problem('REQUEST.HEADERS_TOO_LARGE', 'The address and the headers are too large together.');
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return problem('REQUEST.TIMEOUT', 'Headers have to arrive within 15 seconds, and a whole request within 30.');
  }
  return problem('REQUEST.INVALID', 'The request is not HTTP as it should be.');
}
