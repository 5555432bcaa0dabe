import { ShipmentView } from '../../domain/order/index.js';
import { Body, Controller, HttpCode, Param, Post, Res, UseGuards } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { invalid, omitNullish, Operation, Roles, SignedAsWebhook, utcOf } from '../../infra/http/index.js';
import { ShipmentBody } from '../order/order.bodies.js';
import { keyIn } from '../shared/write-gate.js';
import { WriteGate } from '../shared/write-gate.js';
import type { Sender } from '../shared/write-gate.js';
import { WriteRoute } from '../shared/write-route.js';
import { DeliveryGuard } from './delivery.guard.js';
import { DeliveryBody } from './shipment.bodies.js';
import { CreateShipment, DeliverShipment } from './shipment.commands.js';

/** Creates and delivers shipments, which their order decides, as it knows what is left to ship. */
@ApiTags('shipments')
@Controller('v1')
export class ShipmentsController {
  constructor(private readonly gate: WriteGate) {}

  @Post('orders/:id/shipments')
  @Roles('admin')
  @ApiBody({ type: ShipmentBody, required: false })
  @Operation({
    id: 'shipments.create',
    summary: 'Ship an order, or a part of it',
    description:
      'Ships the lines that are named, all that are open where none is. With the last line the money is captured.',
    codes: [
      'ORDER.NOT_FOUND',
      'ORDER.NOT_SHIPPABLE',
      'ORDER.CANCELLATION_REQUESTED',
      'ORDER.LINE_NOT_FOUND',
      'ORDER.SHIPMENT_EMPTY',
      'ORDER.SHIPMENT_EXCEEDS_OPEN',
    ],
  })
  @WriteRoute({ answers: { 201: [ShipmentView, 'The shipment.'] } })
  ship(@Param('id') orderId: string, @Body() body: ShipmentBody, @Res() reply: FastifyReply): Promise<void> {
    const { lines, carrier, trackingNumber } = body;
    const wanted = lines?.map(({ sku, quantity }) => ({ sku, quantity }));
    const shipment = {
      createdAt: new Date().toISOString(),
      ...omitNullish({ lines: wanted, carrier, trackingNumber }),
    };
    return this.gate.send(reply, (scope) => new CreateShipment(scope, { orderId, ...shipment }));
  }

  @Post('shipments/:id/delivery')
  @HttpCode(200)
  @UseGuards(DeliveryGuard)
  @SignedAsWebhook({ required: false, signedBy: 'the carrier with CARRIER_WEBHOOK_SECRET, instead of a token' })
  @ApiBody({ type: DeliveryBody, required: false })
  @Operation({
    id: 'shipments.deliver',
    summary: 'Report a delivery',
    description:
      'Records that a shipment arrived, for an `admin` or, signed as Standard Webhooks have it and without a token, for the ' +
      'carrier. With the last delivery the order is completed.',
    codes: ['AUTH.FORBIDDEN', 'WEBHOOK.SIGNATURE_INVALID', 'SHIPMENT.NOT_FOUND'],
    credential: 'optional',
  })
  @WriteRoute({ answers: { 200: [ShipmentView, 'The shipment, delivered.'] } })
  deliver(@Param('id') shipmentId: string, @Body() body: DeliveryBody, @Res() reply: FastifyReply): Promise<void> {
    const now = new Date().toISOString();
    const deliveredAt = body.at ? utcOf(body.at) : now;
    if (body.shipmentId && body.shipmentId !== shipmentId) throw invalid('shipmentId', 'must be that of the address');
    const data = { shipmentId, deliveredAt, now };
    return this.gate.send(reply, (scope) => new DeliverShipment(scope, data), adminOrCarrier(reply.request));
  }
}

/** Makes the sender: a request that the guard admitted without a token is the carrier's, which numbers its notices. */
function adminOrCarrier(request: FastifyRequest): Sender {
  if (request.auth.principal !== null) return {};
  return { actor: 'carrier', ...omitNullish({ key: keyIn(request, 'Webhook-Id') }) };
}
