import { SetMetadata } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { problem } from '../problem.js';
import { isRecord } from './record.js';
import { MAX_ERRORS, unknownMessage } from './request-class.js';
import type { RequestPart } from './request-class.js';

/** What a route takes beside the classes of its `@Query()` and `@Body()`. */
export interface Taken {
  /** Names of parameters that a guard reads. */
  readonly query?: readonly string[];
  /** Members of somebody else's document, which the route reads itself. */
  readonly anyBody?: boolean;
}

const TAKEN = 'cartwright:taken';

export const RouteTakes = (taken: Taken): MethodDecorator => SetMetadata(TAKEN, taken);

/** Refuses parameters and members on routes that have no class for them; where there is one, the pipe does. */
export class UnknownMembersInterceptor implements NestInterceptor<unknown, unknown> {
  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const { query, body } = context.switchToHttp().getRequest<FastifyRequest>();
    const handler = context.getHandler();
    const { query: names = [], anyBody = false } = (Reflect.getMetadata(TAKEN, handler) as Taken | undefined) ?? {};
    if (!hasClass(context, RouteParamtypes.QUERY)) refuseOthers('query', query, names);
    if (!anyBody && !hasClass(context, RouteParamtypes.BODY)) refuseOthers('body', body, []);
    return next.handle();
  }
}

function hasClass(context: ExecutionContext, part: RouteParamtypes): boolean {
  const taken: unknown = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name);
  return isRecord(taken) && Object.keys(taken).some((key) => key.startsWith(`${part}:`));
}

function refuseOthers(part: RequestPart, value: unknown, known: readonly string[]): void {
  const others = isRecord(value) ? Object.keys(value).filter((name) => !known.includes(name)) : [];
  if (others.length === 0) return;
  const message = unknownMessage(part, known);
  const errors = others.slice(0, MAX_ERRORS).map((name) => ({ path: name.slice(0, 100), message }));
  throw problem(
    'REQUEST.INVALID',
    errors
      .map(({ path }) => `${path} ${message}`)
      .join('; ')
      .slice(0, 1000),
    { errors },
  );
}
