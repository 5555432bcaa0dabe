import { applyDecorators, createParamDecorator, Injectable, SetMetadata, UseGuards } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { NeedsRole } from '../openapi/operation.js';
import { authForbidden, authRequired, decided } from './order-access.js';
import type { AccessRole, Principal } from './principal.js';

const ROLES = 'cartwright:roles';

const requestOf = (context: ExecutionContext): FastifyRequest => context.switchToHttp().getRequest<FastifyRequest>();

@Injectable()
export class RolesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const allowed = this.reflector.getAllAndOverride<readonly AccessRole[]>(ROLES, [
      context.getHandler(),
      context.getClass(),
    ]);
    demandRole(requestOf(context), allowed);
    return true;
  }
}

/** @throws ProblemError 401 without a valid token, 403 with one of another role */
export function demandRole({ auth }: FastifyRequest, allowed: readonly AccessRole[]): void {
  const { principal } = decided(auth);
  if (principal === null) throw authRequired();
  if (!allowed.includes(principal.role)) throw authForbidden();
}

/** Lets in only these roles: 401 AUTH.REQUIRED without a valid token, 403 AUTH.FORBIDDEN with another role. */
export const Roles = (...roles: readonly AccessRole[]): ClassDecorator & MethodDecorator =>
  applyDecorators(SetMetadata(ROLES, roles), UseGuards(RolesGuard), NeedsRole(roles));

/** Whoever asks; a credential that is not valid is refused. @throws ProblemError 401 */
export function optionalPrincipal(request: FastifyRequest): Principal | null {
  const { principal, unverified } = decided(request.auth);
  if (unverified !== null) throw authRequired('The credential is not valid.');
  return principal;
}

/** @throws ProblemError 401 without a valid token */
export function requiredPrincipal(request: FastifyRequest): Principal {
  return optionalPrincipal(request) ?? fail();
}

function fail(): never {
  throw authRequired();
}

/** The principal of the request (Principal); 401 without a valid token. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext) =>
  requiredPrincipal(requestOf(context)),
);

/** The principal of the request or null (Principal | null); 401 for a token that is not valid. */
export const OptionalPrincipal = createParamDecorator((_: unknown, context: ExecutionContext) =>
  optionalPrincipal(requestOf(context)),
);
