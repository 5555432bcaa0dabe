import { Inject, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CONFIG } from '../../infra/config/index.js';
import type { Config } from '../../infra/config/index.js';
import { authForbidden, demandRole, invalid, isSignedWebhook, NO_AUTH, problem } from '../../infra/http/index.js';

type DeliveryRequest = FastifyRequest<{ Params: { readonly id: string } }>;

/** Admits an admin and, without a bearer, the carrier by the signature of its webhook where a secret is configured. */
@Injectable()
export class DeliveryGuard implements CanActivate {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<DeliveryRequest>();
    const { carrierWebhookSecrets: secrets } = this.config;
    const isWebhook = secrets !== null && request.auth === NO_AUTH && 'webhook-signature' in request.headers;
    if (!isWebhook) demandRole(request, ['admin']);
    else demandNotice(secrets, request);
    return true;
  }
}

/** Requires that the body names the shipment: the signature does not cover the path, so a notice could deliver any other. */
function demandNotice(secrets: readonly string[], request: DeliveryRequest): void {
  if (!isSignedWebhook(secrets, request)) {
    throw problem('WEBHOOK.SIGNATURE_INVALID', 'The notice is not signed as it should be.');
  }
  const shipmentId = shipmentIn(request.body);
  if (shipmentId === undefined) throw invalid('shipmentId', 'must name the shipment that the notice is about');
  if (shipmentId !== request.params.id) throw authForbidden('The notice is about another shipment.');
}

const shipmentIn = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'shipmentId' in body ? body.shipmentId : undefined;
