import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { orderAggregate, orderIdOfShipment } from '../../domain/order/index.js';
import type { OrderState } from '../../domain/order/index.js';
import { problem, Roles, utcOf } from '../../infra/http/index.js';
import { ShipmentBody } from '../order/order-bodies.js';
import { shipmentSchema } from '../shared/answer-schemas.js';
import { given } from '../shared/given.js';
import { WriteGate } from '../shared/write-gate.js';
import { WriteRoute } from '../shared/write-route.js';
import { createdShipment, shipmentOf } from './shipment-answers.js';
import { DeliveryBody } from './shipping-bodies.js';

/** Shipments are decided on by their order, which knows what is left to ship. */
@ApiTags('shipping')
@Controller('v1')
@Roles('admin')
export class ShippingController {
  constructor(private readonly gate: WriteGate) {}

  @Post('orders/:id/shipments')
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
        command: { type: 'create-shipment', ...given({ lines: wanted, carrier, trackingNumber }) },
        answer: createdShipment,
      }),
    );
  }

  @Post('shipments/:id/delivery')
  @HttpCode(200)
  @ApiBody({ type: DeliveryBody, required: false })
  @WriteRoute({ answers: { 200: shipmentSchema }, problems: [401, 403, 404] })
  deliver(@Param('id') shipmentId: string, @Body() body: DeliveryBody, @Res() reply: FastifyReply): Promise<void> {
    const orderId = orderIdOfShipment(shipmentId);
    if (orderId === null) throw problem('SHIPMENT.NOT_FOUND', 'There is no such shipment.');
    const deliveredAt = body.at ? utcOf(body.at) : new Date().toISOString();
    return this.gate.run(reply, (scope) =>
      scope.answer(200, {
        aggregate: orderAggregate,
        id: orderId,
        missing: 'SHIPMENT.NOT_FOUND',
        command: { type: 'deliver-shipment', shipmentId, deliveredAt },
        answer: (state: OrderState) => shipmentOf(state, shipmentId),
      }),
    );
  }
}
