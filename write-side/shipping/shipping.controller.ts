import { applyDecorators, Body, Controller, HttpCode, Param, Post, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { orderAggregate, orderIdOfShipment } from '../../domain/order/index.js';
import type { OrderState } from '../../domain/order/index.js';
import { invalid, problem, Roles, utcOf } from '../../infra/http/index.js';
import { ShipmentBody } from '../order/order-bodies.js';
import { shipmentSchema } from '../shared/answer-schemas.js';
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

const SIGNED = 'Standard Webhooks, signed by the carrier with CARRIER_WEBHOOK_SECRET: instead of a token';

const CarrierHeaders = (): MethodDecorator =>
  applyDecorators(
    ApiHeader({ name: 'webhook-id', required: false, description: `${SIGNED}; stands for an Idempotency-Key` }),
    ApiHeader({ name: 'webhook-timestamp', required: false, description: SIGNED }),
    ApiHeader({ name: 'webhook-signature', required: false, description: SIGNED }),
  );

/** Shipments are decided on by their order, which knows what is left to ship. */
@ApiTags('shipping')
@Controller('v1')
export class ShippingController {
  constructor(private readonly gate: WriteGate) {}

  @Post('orders/:id/shipments')
  @Roles('admin')
  @ApiBody({ type: ShipmentBody, required: false })
  @WriteRoute({ answers: { 201: shipmentSchema }, problems: [401, 403, 404] })
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
  @ApiBearerAuth()
  @CarrierHeaders()
  @ApiBody({ type: DeliveryBody, required: false })
  @WriteRoute({ answers: { 200: shipmentSchema }, problems: [401, 403, 404] })
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
