import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { orderCredential } from '../../infra/http/index.js';

/** Whoever shows nothing that could open an order is turned away before anything is waited for. */
@Injectable()
export class OrderCredentialGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    orderCredential(context.switchToHttp().getRequest<FastifyRequest>());
    return true;
  }
}
