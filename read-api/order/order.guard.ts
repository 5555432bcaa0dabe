import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { orderCredential } from '../../infra/http/index.js';

/** Refuses a request without a credential before the read waits for its read model. */
@Injectable()
export class OrderCredentialGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    orderCredential(context.switchToHttp().getRequest<FastifyRequest>());
    return true;
  }
}
