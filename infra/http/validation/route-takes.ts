import { SetMetadata } from '@nestjs/common';
import type { CanActivate, ExecutionContext, INestApplicationContext } from '@nestjs/common';
import { GUARDS_METADATA, METHOD_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
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

/** Parts of a request that have no class on a route, with what the route takes of them all the same. */
type Unclassed = ReadonlyMap<RequestPart, readonly string[]>;

/** Refuses what a route has no class for; where it has one, the pipe does. */
class UnknownMembersGuard implements CanActivate {
  constructor(private readonly unclassed: Unclassed) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    for (const [part, names] of this.unclassed) refuseOthers(part, request[part], names);
    return true;
  }
}

/**
 * Refuses on every route of the app the parameters and members that it has no class for: as the last of its guards, so that who
 * may not use the route hears that first. Guards are bound when the app is initialised, so this comes before.
 */
export function refuseUnknownMembers(app: INestApplicationContext): void {
  const scanner = new MetadataScanner();
  for (const { controllers } of app.get(ModulesContainer).values()) {
    for (const { metatype: controller } of controllers.values()) {
      if (controller === null) continue;
      for (const name of scanner.getAllMethodNames(controller.prototype as object)) guardLast(controller, name);
    }
  }
}

function guardLast(controller: Function, name: string): void {
  const handler = (controller.prototype as Readonly<Record<string, object>>)[name];
  if (handler === undefined || !Reflect.hasMetadata(METHOD_METADATA, handler)) return;
  const guards = (Reflect.getMetadata(GUARDS_METADATA, handler) ?? []) as readonly unknown[];
  // A class may be the controller of several apps.
  if (guards.some((guard) => guard instanceof UnknownMembersGuard)) return;
  const taken = (Reflect.getMetadata(TAKEN, handler) ?? {}) as Taken;
  const args: unknown = Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name);
  const guard = new UnknownMembersGuard(unclassedOf(taken, isRecord(args) ? Object.keys(args) : []));
  Reflect.defineMetadata(GUARDS_METADATA, [...guards, guard], handler);
}

function unclassedOf({ query = [], anyBody = false }: Taken, args: readonly string[]): Unclassed {
  const hasClass = (part: RouteParamtypes): boolean => args.some((key) => key.startsWith(`${part}:`));
  const unclassed = new Map<RequestPart, readonly string[]>();
  if (!hasClass(RouteParamtypes.QUERY)) unclassed.set('query', query);
  if (!anyBody && !hasClass(RouteParamtypes.BODY)) unclassed.set('body', []);
  return unclassed;
}

function refuseOthers(part: RequestPart, value: unknown, known: readonly string[]): void {
  if (!isRecord(value)) return;
  const others = Object.keys(value).filter((name) => !known.includes(name));
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
