import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { problem, type ProblemError } from '../../infra/http/index.js';

/**
 * Whether what a read without a Consistency-Token finds is of now. `behind`: the log has more than the read models show;
 * `unknown`: the log does not say.
 */
export type Lateness = 'no' | 'behind' | 'unknown';

const latenesses = new WeakMap<FastifyRequest, Lateness>();

/** Noted by what waits for the read models, before the route's method. */
export const noteLateness = (request: FastifyRequest, lateness: Lateness): void =>
  void latenesses.set(request, lateness);

/** Whether the read models of a route with `@Reads` were late. */
export const latenessOf = (request: FastifyRequest): Lateness => latenesses.get(request) ?? 'no';

/** The same as a parameter of the route's method. */
export const ReadLate = createParamDecorator((_: unknown, context: ExecutionContext): Lateness =>
  latenessOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** What is not shown, and may be there: it is never said not to be. */
export const mayExist = (model: string): ProblemError =>
  problem('READ_MODEL.BEHIND', `The read model ${model} has not come so far yet.`, {
    extra: { readModel: model, lag: null },
    headers: { 'retry-after': '1' },
  });
