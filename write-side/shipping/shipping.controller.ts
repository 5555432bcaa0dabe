import { Body, Controller, HttpCode, Param, Post, Res, UseGuards } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { orderAggregate, orderIdOfShipment } from '../../domain/order/index.js';
import type { OrderState } from '../../domain/order/index.js';
import {
  invalid,
  Operation,
  problem,
  Roles,
  ShipmentResponse,
  SignedAsWebhook,
  utcOf,
} from '../../infra/http/index.js';
import { ShipmentBody } from '../order/order-bodies.js';
import { given } from '../shared/given.js';
import { keyIn } from '../shared/idempotency.js';
import type { WriteAnswer } from '../shared/write-answer.js';
import { WriteGate } from '../shared/write-gate.js';
import type { Sender } from '../shared/write-gate.js';
import { WriteRoute } from '../shared/write-route.js';
import type { WriteScope } from '../shared/write-scope.js';
import { DeliveryGuard } from './delivery.guard.js';
import { createdShipment, shipmentOf } from './shipment-answers.js';
import { DeliveryBody } from './shipping-bodies.js';

/** Shipments are decided on by their order, which knows what is left to ship. */
@ApiTags('shipments')
@Controller('v1')
export class ShippingController {
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
  @WriteRoute({ answers: { 201: [ShipmentResponse, 'The shipment.'] } })
  ship(@Param('id') id: string, @Body() body: ShipmentBody, @Res() reply: FastifyReply): Promise<void> {
    const { lines, carrier, trackingNumber } = body;
    const wanted = lines?.map(({ sku, quantity }) => ({ sku, quantity }));
    return this.gate.run(reply, (scope) =>
      scope.answer(201, {
        aggregate: orderAggregate,
        id,
        missing: 'ORDER.NOT_FOUND',
        command: {
          type: 'create-shipment',
          createdAt: new Date().toISOString(),
          ...given({ lines: wanted, carrier, trackingNumber }),
        },
        answer: createdShipment,
      }),
    );
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
  @WriteRoute({ answers: { 200: [ShipmentResponse, 'The shipment, delivered.'] } })
  deliver(@Param('id') shipmentId: string, @Body() body: DeliveryBody, @Res() reply: FastifyReply): Promise<void> {
    const now = new Date().toISOString();
    const deliveredAt = body.at ? utcOf(body.at) : now;
    if (body.shipmentId && body.shipmentId !== shipmentId) throw invalid('shipmentId', 'must be that of the address');
    const deliver = async (scope: WriteScope): Promise<WriteAnswer> => {
      const orderId = orderIdOfShipment(shipmentId);
      if (orderId === null) throw problem('SHIPMENT.NOT_FOUND', 'There is no such shipment.');
      return scope.answer(200, {
        aggregate: orderAggregate,
        id: orderId,
        missing: 'SHIPMENT.NOT_FOUND',
        command: { type: 'deliver-shipment', shipmentId, deliveredAt, now },
        answer: (state: OrderState) => shipmentOf(state, shipmentId),
      });
    };
    return this.gate.run(reply, deliver, adminOrCarrier(reply.request));
  }
}

/** Whom the guard let in without a token is the carrier, which numbers its notices. */
function adminOrCarrier(request: FastifyRequest): Sender {
  if (request.auth.principal !== null) return {};
  return { actor: 'carrier', ...given({ key: keyIn(request, 'Webhook-Id') }) };
}
