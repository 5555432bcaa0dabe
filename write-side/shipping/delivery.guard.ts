import { Inject, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CONFIG } from '../../infra/config/index.js';
import type { Config } from '../../infra/config/index.js';
import { demandRole, isSignedWebhook, NO_AUTH, problem } from '../../infra/http/index.js';

/** Lets in an admin, and without a bearer the carrier, by the signature of its webhook where a secret is agreed on. */
@Injectable()
export class DeliveryGuard implements CanActivate {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { carrierWebhookSecrets: secrets } = this.config;
    const isWebhook = secrets !== null && request.auth === NO_AUTH && 'webhook-signature' in request.headers;
    if (!isWebhook) demandRole(request, ['admin']);
    else if (!isSignedWebhook(secrets, request)) {
      throw problem('WEBHOOK.SIGNATURE_INVALID', 'The notice is not signed as it should be.');
    }
    return true;
  }
}
